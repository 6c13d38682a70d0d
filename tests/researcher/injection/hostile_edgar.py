"""EDGAR as an attacker would have it: every text that a company or a filing may bring is one of the attacks."""

from tests.researcher.sec_standin import ANNUAL, CIK, FILINGS, SecStandIn, concept, fact, railway_facts

from .attacks import ATTACKS


def hostile_edgar(site: str) -> SecStandIn:
    """Return it, not yet served."""
    text = {attack.id: attack.text(site) for attack in ATTACKS if attack.kind == "edgar"}
    facts = railway_facts()
    facts["NetIncomeLoss"]["label"] = facts["NetIncomeLoss"]["description"] = text["sec_label"]
    facts["OperatingIncomeLoss"] = concept(text["sec_unit"], fact(9_000_000, "2026-12-31", ANNUAL, "2027-02-20"))
    facts["Assets"] = concept("USD", fact(1, "2026-12-31", text["sec_accession"], "2027-02-20"))
    newest = ("0001234567-26-000099", "2026-11-01", "2026-10-31")
    filings = [
        (*newest, text["sec_form"], "trnf-20251231.htm"),
        (*newest, "10-K", text["sec_document"]),
        (*newest, "10-Q", text["sec_path"]),
        *FILINGS,
    ]
    report = (
        f"<html><head><title>Report</title></head><body><p>{text['sec_report']}</p><p>{text['sec_lookup']}</p></body>"
    )
    return SecStandIn(
        companies=[(CIK, "TRNF", text["sec_name"]), (321, "QLHV", "Quillhaven Devices Inc.")],
        filings=filings,
        facts=facts,
        documents={"trnf-20251231.htm": report, "trnf-20260630.htm": report},
    )
