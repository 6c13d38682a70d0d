/** A made-up portfolio for those who want to look around first: `examples/portfolio.csv`, which a test compares. */
export const SAMPLE_PORTFOLIO = `account,symbol,name,quantity,price,currency,price_date,asset_class,region,sector
Brokerage,VRWM,Varrowmere Storage,420,61.40,USD,2026-10-30,equity,Europe,Industrials
Brokerage,QLHV,Quillhaven Instruments,150,148.20,USD,2026-10-30,equity,North America,Health care
Brokerage,PLGV,Pellgrove Foods,240,33.15,USD,2026-10-30,equity,Europe,Consumer staples
Retirement,SWEQF,Sample World Equity Index Fund,180,95.10,USD,2026-10-30,equity,World,Diversified
Retirement,SBNDF,Sample Aggregate Bond Index Fund,310,48.75,USD,2026-10-30,bond,World,Diversified
Retirement,SREIF,Sample Listed Property Index Fund,90,41.60,USD,2026-10-30,real_estate,World,Real estate
Savings,CASH,US dollars,8200,1,USD,2026-10-30,cash,North America,Cash
`;
