"""Small made-up files in the formats of Interactive Brokers: names, amounts and ids are invented."""

# ruff: noqa: E501 - the rows are as long as those of the brokers

STATEMENT = """Statement,Header,Field Name,Field Value
Statement,Data,BrokerName,Interactive Brokers LLC
Statement,Data,Period,"January 1, 2026 - January 31, 2026"
Account Information,Header,Field Name,Field Value
Account Information,Data,Account,U0000001
Cash Report,Header,Currency Summary,Currency,Total,Securities,Futures,
Cash Report,Data,Ending Cash,Base Currency Summary,1500,1500,0,
Cash Report,Data,Ending Cash,EUR,500.25,500.25,0,
Open Positions,Header,DataDiscriminator,Asset Category,Currency,Symbol,Quantity,Mult,Cost Price,Cost Basis,Close Price,Value,Unrealized P/L,Code
Open Positions,Data,Summary,Stocks,USD,PLGV,10,1,9.1,91,10.5,105,14,
Open Positions,Data,Lot,Stocks,USD,PLGV,10,,9.1,91,,,,
Open Positions,Data,Summary,Stocks,USD,QLHV,-5,1,9.1,-45,10.5,-52.5,14,
Open Positions,Total,,Stocks,USD,,,,,91,,105,14,
Trades,Header,DataDiscriminator,Asset Category,Currency,Symbol,Date/Time,Quantity,T. Price,C. Price,Proceeds,Comm/Fee,Basis,Realized P/L,MTM P/L,Code
Trades,Data,Order,Stocks,USD,PLGV,"2026-01-05, 10:01:14","1,000",9,9.5,-9000,-1,91,0,5,O
Trades,SubTotal,,Stocks,USD,PLGV,,10,,,-90,-1,91,0,5,
Trades,Header,DataDiscriminator,Asset Category,Currency,Symbol,Date/Time,Quantity,T. Price,,Proceeds,Comm in USD,,,MTM in USD,Code
Trades,Data,Order,Forex,USD,EUR.USD,"2026-01-06, 10:01:14",-100,1.1,,110,-2,,,0,
Dividends,Header,Currency,Date,Description,Amount
Dividends,Data,USD,2026-01-07,PLGV(US0000000001) Cash Dividend USD 0.1 per Share (Ordinary Dividend),1
Dividends,Data,Total,,,1
Financial Instrument Information,Header,Asset Category,Symbol,Description,Conid,Security ID,Listing Exch,Multiplier,Type,Code
Financial Instrument Information,Data,Stocks,PLGV,PELLGROVE,1,US0000000001,NYSE,1,COMMON,
"""

FLEX_XML = """<?xml version="1.0" encoding="UTF-8"?>
<FlexQueryResponse queryName="q" type="AF">
<FlexStatements count="1">
<FlexStatement accountId="U1" fromDate="20260101" toDate="20260131" period="LastMonth" whenGenerated="20260201;010203">
<CashReport><CashReportCurrency accountId="U1" currency="BASE_SUMMARY" endingCash="10"/>
<CashReportCurrency accountId="U1" currency="USD" endingCash="10.5"/></CashReport>
<OpenPositions>
<OpenPosition accountId="U1" currency="USD" assetCategory="STK" symbol="PLGV" description="PELLGROVE" isin="US0000000001" multiplier="1" reportDate="20260131" position="10" markPrice="10.5" positionValue="105" costBasisMoney="90" side="Long" levelOfDetail="SUMMARY"/>
</OpenPositions>
<Trades>
<Trade accountId="U1" currency="USD" assetCategory="STK" symbol="PLGV" isin="US0000000001" tradeID="7" dateTime="20260105;101112" tradeDate="20260105" quantity="10" tradePrice="9" proceeds="-90" ibCommission="-1" ibCommissionCurrency="USD" buySell="BUY" levelOfDetail="EXECUTION"/>
</Trades>
</FlexStatement></FlexStatements></FlexQueryResponse>"""

FLEX_POSITIONS = """"ClientAccountID","CurrencyPrimary","AssetClass","Symbol","Description","ISIN","Quantity","MarkPrice","PositionValue","CostBasisMoney","ReportDate"
"U1","USD","STK","PLGV","PELLGROVE","US0000000001","10","10.5","105","90","20260131"
"U1","EUR","BOND","QLHV 5 31","QUILLHAVEN","","2000","99.5","1990","2000","20260131"
"""
FLEX_SECTIONS = """"BOF","U1","q","2","20260101","20260131"
"BOA","U1"
"BOS","TRNT","Trades; trade date basis"
"HEADER","TRNT","ClientAccountID","CurrencyPrimary","AssetClass","Symbol","ISIN","TradeID","TradeDate","Quantity","TradePrice","TradeMoney","IBCommission","IBCommissionCurrency","Buy/Sell"
"DATA","TRNT","U1","USD","STK","PLGV","US0000000001","71","20260105","10","9","90","-1","USD","BUY"
"DATA","TRNT","U1","USD","STK","PLGV","US0000000001","72","20260106","-4","10","-40","-1","USD","SELL"
"EOS","TRNT","2"
"EOA","U1"
"EOF","U1"
"""
