/** A made-up portfolio for those who want to look around first: `examples/portfolio.csv`, which a test compares. */
export const SAMPLE_PORTFOLIO = `account,symbol,name,quantity,price,currency,price_date,cost_basis,asset_class,region,sector
Brokerage,VRWM,Varrowmere Storage,420,61.40,USD,2026-10-30,19740.00,equity,Europe,Industrials
Brokerage,QLHV,Quillhaven Instruments,150,148.20,USD,2026-10-30,24375.00,equity,North America,Health care
Brokerage,PLGV,Pellgrove Foods,240,33.15,USD,2026-10-30,6960.00,equity,Europe,Consumer staples
Retirement,SWEQF,Sample World Equity Index Fund,180,95.10,USD,2026-10-30,12960.00,equity,World,Diversified
Retirement,SBNDF,Sample Aggregate Bond Index Fund,310,48.75,USD,2026-10-30,15810.00,bond,World,Diversified
Retirement,SREIF,Sample Listed Property Index Fund,90,41.60,USD,2026-10-30,,real_estate,World,Real estate
Savings,CASH,US dollars,8200,1,USD,2026-10-30,,cash,North America,Cash
`;
