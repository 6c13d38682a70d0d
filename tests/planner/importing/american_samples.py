"""Small made-up files in the formats of American brokers: names, amounts and ids are invented."""

# ruff: noqa: E501 - the rows are as long as those of the brokers

SCHWAB_POSITIONS = """"Positions for All-Accounts as of 09:34 AM ET, 2026/01/05"

"Joint ...111"
"Symbol","Description","Qty (Quantity)","Price","Price Chng % (Price Change %)","Mkt Val (Market Value)","Cost Basis","Security Type",
"QLHV","QUILLHAVEN","10","$1,050.50","1%","$10,505.00","$9,000.00","Equity",
"Cash & Cash Investments","--","--","--","--","$100.00","--","Cash and Money Market",
"Account Total","","--","--","--","$10,605.00","--","--",

"Roth ...222"
"Symbol","Description","Qty (Quantity)","Price","Price Chng % (Price Change %)","Mkt Val (Market Value)","Cost Basis","Security Type",
"QLHV","QUILLHAVEN","3","$1,050.50","1%","$3,151.50","$2,900.00","Equity",
"PLGV 5% 2030","PELLGROVE BOND","10000","$99.50","1%","$9,950.00","$10,000.00","Fixed Income",
"Account Total","","--","--","--","$13,102.00","--","--",
"""

SCHWAB_TRANSACTIONS = """"Transactions  for account Joint ...111 as of 01/05/2026 09:00:00 AM ET"
"Date","Action","Symbol","Description","Quantity","Price","Fees & Comm","Amount",
"01/04/2026 as of 01/02/2026","Sell","QLHV","QUILLHAVEN","5","$20.00","$0.10","$99.90",
"01/02/2026","Stock Split","QLHV","QUILLHAVEN","10","","","",
"01/01/2026","Buy","QLHV","QUILLHAVEN","10","$30.00","","-$300.00",
"01/01/2026","MoneyLink Transfer","","Tfr BANK","","","","$300.00",
"01/01/2026","Sell to Open","QLHV 01/16/2026 50.00 C","CALL","1","$1.00","$0.66","$99.34",
"Transactions Total","","","","","","","$99.90"
"""

FIDELITY_HISTORY = """

Run Date,Account,Account Number,Action,Symbol,Description,Type,Price ($),Quantity,Commission ($),Fees ($),Accrued Interest ($),Amount ($),Cash Balance ($),Settlement Date
01/03/2026,"Indiv",X123,"YOU SOLD PELLGROVE (PLGV) (Cash)",PLGV,"PELLGROVE",Cash,12.00,-5,,0.01,,59.99,100,01/05/2026
01/02/2026,"Indiv",X123,"DIVIDEND RECEIVED PELLGROVE (PLGV) (Cash)",PLGV,"PELLGROVE",Cash,,0.000,,,,1.99,100,
01/02/2026,"Indiv",X123,"REINVESTMENT PELLGROVE (PLGV) (Cash)",PLGV,"PELLGROVE",Cash,10,0.199,,,,-1.99,100,
01/01/2026,"Indiv",X123,"YOU BOUGHT PELLGROVE (PLGV) (Cash)",PLGV,"PELLGROVE",Cash,10.00,20,,,,-200.00,100,01/05/2026
01/01/2026,"Indiv",X123,"Electronic Funds Transfer Received (Cash)", ,"No Description",Cash,,0.000,,,,300.00,100,

"The data and information in this spreadsheet is provided to you solely for your use"
"Date downloaded 01/06/2026 9:02 am"
"""

VANGUARD = """Account Number,Investment Name,Symbol,Shares,Share Price,Total Value,
12345678,PELLGROVE TOTAL FUND,PLGVX,10.500,100.00,1050.00,
12345678,VANGUARD FEDERAL MONEY MARKET FUND,VMFXX,33.10,1.0,33.10,



Account Number,Trade Date,Settlement Date,Transaction Type,Transaction Description,Investment Name,Symbol,Shares,Share Price,Principal Amount,Commission Fees,Net Amount,Accrued Interest,Account Type,
12345678,2026-01-05,2026-01-06,Buy,Buy,PELLGROVE TOTAL FUND,PLGVX,1.0,100.00,-100.0,0.0,-100.0,0.0,CASH,
12345678,2026-01-05,2026-01-06,Sweep out,Sweep,VANGUARD FEDERAL MONEY MARKET FUND,VMFXX,0,1.00,100.0,0.0,100.0,0.0,CASH,
"""

ETRADE_PORTFOLIO = """Account Summary
Account,Net Account Value,Total Gain $
"Individual Brokerage -0001",2300.00,1

View Summary - All Positions
Filters applied:
Symbol,Security type(s),Sort by,Sort order,
,All,Symbol,Asc,

Symbol,Last Price $,Change $,Change %,Quantity,Price Paid $,Day's Gain $,Total Gain $,Total Gain %,Value $
PLGV,10.00,0,0,100.0000,9.00,0,0,0,1000.00
"PLGV Jan 15 '27 $12 Call",2.50,0,0,4,2.00,0,0,0,1000.00
CASH,,,,,,,,,300.00
TOTAL,,,,,,0,0,0,2301.00

Generated at Jan 14 2026 10:50 AM ET
"""

ETRADE_HISTORY = """All Transactions Activity Types

Account Activity for Indiv -0001 from Prior Year

Total:,-5.00

Activity/Trade Date,Transaction Date,Settlement Date,Activity Type,Description,Symbol,Cusip,Quantity #,Price $,Amount $,Commission,Category,Note
02/19/26,02/19/26,02/19/26,Sold,PELLGROVE,PLGV,--,-2.0,11.0,22.0,0.0,--,--
02/11/26,02/11/26,02/12/26,Sold Short,PUT  PLGV    03/20/26   25.000,PLGV,--,-1.0,1.10,109.50,0.50,--,--
02/18/26,02/18/26,02/19/26,Bought,PELLGROVE,PLGV,--,10,10.0,-100.0,0.0,--,--
02/17/26,02/17/26,02/17/26,Online Transfer,ACH DEPOSIT,--,--,,,1000.0,0.0,--,--
"A closing notice"
"""

COINBASE = """
Transactions
User,A B,123
ID,Timestamp,Transaction Type,Asset,Quantity Transacted,Price Currency,Price at Transaction,Subtotal,Total (inclusive of fees and/or spread),Fees and/or Spread,Notes
a1,2026-01-05 09:00:00 UTC,Buy,BTC,0.01,USD,"$40,000.00",$400.00,$405.00,$5.00,Bought 0.01 BTC for 405 USD
a2,2026-01-06 09:00:00 UTC,Convert,BTC,-0.005,USD,$40000,$200,$200,$0,Converted 0.005 BTC to 0.1 ETH
a3,2026-01-07 09:00:00 UTC,Staking Income,ETH,0.0001,USD,$2000,$0.2,$0.2,$0,
a4,2026-01-07 10:00:00 UTC,Deposit,USD,100,USD,$1,$100,$100,$0,
a5,2026-01-08 10:00:00 UTC,Send,BTC,-0.5,USD,$40000,,,,Sent
"""

FIDELITY_POSITIONS = """Account Number,Account Name,Symbol,Description,Quantity,Last Price,Current Value,Cost Basis Total,Type
X1,Indiv,FZZXX**,HELD IN MONEY MARKET,,,$10.50,,Cash,
X1,Indiv,PLGV,PELLGROVE,10,$12.50,$125.00,$100.00,Cash,
X1,Indiv,PLGV,PELLGROVE,2,$12.50,$25.00,$30.00,Margin,
X1,Indiv,Pending Activity,,,,$5.00,,,

"Date downloaded Jan-06-2026 9:02 a.m ET"
"""
ROBINHOOD = """"Activity Date","Process Date","Settle Date","Instrument","Description","Trans Code","Quantity","Price","Amount"
"1/6/2026","1/6/2026","1/8/2026","PLGV","Pellgrove
CUSIP: 000000000","Sell","5","$12.00","$59.99"
"1/5/2026","1/5/2026","1/5/2026","PLGV","Pellgrove","SPL","10","",""
"1/2/2026","1/2/2026","1/4/2026","PLGV","Pellgrove","Buy","10","$20.00","($200.00)"
"1/2/2026","1/2/2026","1/4/2026","PLGV","PLGV 1/16/2026 Call $30","BTO","1","$1.00","($100.00)"
"1/1/2026","1/1/2026","1/1/2026","","ACH Deposit","ACH","","","$500.00"
""
"","","","","","","","","","A notice at the end."
"""
