"""Small made-up files in the formats of European brokers: names, amounts and ids are invented."""

# ruff: noqa: E501 - the rows are as long as those of the brokers

TRADING_212 = """Action,Time,ISIN,Ticker,Name,No. of shares,Price / share,Currency (Price / share),Exchange rate,Result,Currency (Result),Total,Currency (Total),Withholding tax,Currency (Withholding tax),Notes,ID
Deposit,2026-01-01 08:00:00,,,,,,,,,,1000.00,GBP,,,Bank,D1
Market buy,2026-01-02 08:00:00.123,GB00B0000001,PLGV,"Pellgrove, plc",10.0000000000,250.00,GBX,100.00,,,25.10,GBP,,,,EOF1
Market buy,2026-01-02 08:00:00.123,GB00B0000001,PLGV,"Pellgrove, plc",10.0000000000,250.00,GBX,100.00,,,25.10,GBP,,,,EOF1
Stock split close,2026-01-05 08:00:00,GB00B0000001,PLGV,"Pellgrove, plc",10,250.00,GBX,1,,,,GBP,,,,
Stock split open,2026-01-05 08:00:00,GB00B0000001,PLGV,"Pellgrove, plc",20,125.00,GBX,1,,,,GBP,,,,
Market sell,2026-01-03 08:00:00,US0000000001,QLHV,Quill,1,10,USD,1.2,0,GBP,8,GBP,,,,EOF2
Dividend (Ordinary),2026-01-04 08:00:00,GB00B0000001,PLGV,Pellgrove,10,0.1,GBX,Not available,,,0.9,GBP,0.00,GBX,,
"""

DEGIRO_DUTCH = """Product,Symbool/ISIN,Aantal,Slotkoers,Lokale waarde,Waarde in EUR
CASH & CASH FUND & FTX CASH (EUR),,,,EUR 12.34,"12,34"
PELLGROVE,NL0000000001,10,"1.250,50",EUR 12505.00,"12.505,00"
"""

DEGIRO_GERMAN = """Produkt,Symbol/ISIN,Anzahl,Schlußkurs,Wert in Lokalwährung,,Wert in EUR
CASH & CASH FUND & FTX CASH (EUR),,,,EUR,"-12,34","-12,34"
PELLGROVE,NL0000000001,10,"1250,50",USD,"12505,00","11000,00"
"""

DEGIRO_TRANSACTIONS = """Datum,Tijd,Product,ISIN,Beurs,Uitvoeringsplaats,Aantal,Koers,,Lokale waarde,,Waarde,,Wisselkoers,Transactiekosten en/of,,Totaal,,Order ID
05-01-2026,09:05,PELLGROVE,NL0000000001,EAM,XAMS,-4,"12,5000",EUR,"50,00",EUR,"50,00",EUR,,"-2,00",EUR,"48,00",EUR,a-b
02-01-2026,09:05,PELLGROVE,NL0000000001,EAM,XAMS,10,"10,0000",EUR,"-100,00",EUR,"-100,00",EUR,,"-2,00",EUR,"-102,00",EUR,a-c
"""

DEGIRO_NEW_TRANSACTIONS = """Date,Time,Product,ISIN,Reference exchange,Venue,Quantity,Price,,Local value,,Value EUR,Exchange rate,AutoFX Fee,Transaction and/or third party fees EUR,Total EUR,Order ID,
05-01-2026,09:05,PELLGROVE,US0000000001,NDQ,XNAS,4,12.5000,USD,-50.00,USD,-45.00,1.1111,-0.11,-2.00,-47.11,,a-b
"""

DEGIRO_ACCOUNT = """Datum,Tijd,Valutadatum,Product,ISIN,Omschrijving,FX,Mutatie,,Saldo,,Order Id
05-01-2026,09:05,05-01-2026,PELLGROVE,NL0000000001,"Koop 10 PELLGROVE@10,5 EUR (NL0000000001)",,EUR,"-105,00",EUR,"895,00",x
05-01-2026,09:05,05-01-2026,PELLGROVE,NL0000000001,DEGIRO Transactiekosten en/of kosten van derden,,EUR,"-2,00",EUR,"893,00",x
02-01-2026,08:05,02-01-2026,,,iDEAL storting,,EUR,"1000,00",EUR,"1000,00",
"""

SWISSQUOTE = """Date;Order #;Transaction;Symbol;Name;ISIN;Quantity;Unit price;Costs;Accrued Interest;Net Amount;Balance;Currency
05-01-2026 10:00:01;1;Buy;PLGV;Pellgrove;CH0000000001;10.0;1'234.50;-9.85;0.00;-12354.85;100.00;CHF
06-01-2026 10:00:01;2;Dividend;PLGV;Pellgrove;CH0000000001;10.0;1.5;5.25;0.00;9.75;109.75;CHF
07-01-2026 10:00:01;0;Custody Fees;;;;1.0;5.0;0;0.00;-5.0;104.75;CHF
"""

SWISSQUOTE_GERMAN = """Datum;Auftrag #;Transaktionen;Symbol;Name;ISIN;Anzahl;Stückpreis;Kosten;Aufgelaufene Zinsen;Nettobetrag;Währung Nettobetrag;Nettobetrag in der Währung des Kontos;Saldo;Währung
05-01-2026 10:00:01;1;Kauf;PLGV;Pellgrove;CH0000000001;10.0;123.50;9.85;0.00;-1244.85;USD;-1100.10;100.00;CHF
06-01-2026 10:00:01;1;Verkauf;PLGV;Pellgrove;CH0000000001;4.0;125.50;9.85;0.00;492.15;USD;400.10;500.00;CHF
"""

XTB = """ID;Type;Time;Symbol;Comment;Amount
1;Deposit;05.01.2026 09:00:00;;Transfer in;1000
2;Stocks/ETF purchase;05.01.2026 10:00:00;PLGV.DE;OPEN BUY 8 @ 12.34;-98.72
3;Stocks/ETF sale;06.01.2026 10:00:00;PLGV.DE;CLOSE BUY 3/8 @ 12.0;36.00
4;Stocks/ETF purchase;05.01.2026 10:00:00;QLHV.UK;OPEN BUY 8 @ 12.34;-98.72
"""

TRADE_REPUBLIC = """"datetime","date","account_type","category","type","asset_class","name","symbol","shares","price","amount","fee","tax","currency","original_amount","original_currency","fx_rate","description","transaction_id"
"2026-01-05T09:00:00Z","2026-01-05","DEFAULT","CASH","TRANSFER_INSTANT_INBOUND","","","","","","200.00","","","EUR","","","","x","t1"
"2026-01-06T09:00:00Z","2026-01-06","DEFAULT","TRADING","BUY","FUND","World","IE0000000001","1.5","100.0","-150.0","-1.0","","EUR","","","","x","t2"
"2026-01-07T09:00:00Z","2026-01-07","DEFAULT","CASH","DIVIDEND","FUND","World","IE0000000001","1.5","","0.30","","","EUR","","","","x","t3"
"""

TRADE_REPUBLIC_LIST = """Datum;Typ;Wert;Notiz;ISIN;Stück;Gebühren;Steuern
2026-01-05;Einzahlung;1.000,00;;;;;
2026-01-06;Kauf;-150,50;World;IE0000000001;1,5;-1;
2026-01-07;Zinsen;0,31;;;;;
"""
