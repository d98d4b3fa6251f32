"""Words for what the rows keep as keys."""

from flask_babel import lazy_gettext as _l

VISIT_STATES = {
    "offer_draft": _l("Host offer in draft"),
    "offer_review": _l("Offer under review"),
    "call_open": _l("Call open"),
    "selecting": _l("Selection under way"),
    "selected": _l("Delegation selected"),
    "preparing": _l("In preparation"),
    "ready": _l("Ready"),
    "under_way": _l("Under way"),
    "reporting": _l("Reporting"),
    "follow_up": _l("Follow-up"),
    "closed": _l("Closed"),
    "cancelled": _l("Cancelled"),
}
VISIT_BADGES = {"call_open": "success", "under_way": "accent", "cancelled": "danger", "closed": "quiet"}
APPLICATION_STATES = {
    "draft": _l("Draft"),
    "submitted": _l("Submitted"),
    "endorsed": _l("Endorsed by the city"),
    "eligible": _l("Eligible"),
    "ineligible": _l("Not eligible"),
    "shortlisted": _l("Shortlisted"),
    "selected": _l("Selected"),
    "reserve": _l("Reserve list"),
    "not_selected": _l("Not selected"),
    "withdrawn": _l("Withdrawn"),
}
APPLICATION_BADGES = {"endorsed": "success", "selected": "success", "draft": "warning", "withdrawn": "quiet"}
MODES = {
    "in_person": _l("In person"),
    "hybrid": _l("In person and online"),
    "online": _l("Online"),
}
INTERPRETATION = {
    "none": _l("No interpretation"),
    "whisper": _l("Whispered interpretation"),
    "consecutive": _l("Consecutive interpretation"),
    "simultaneous": _l("Simultaneous interpretation"),
}
OFFER_PARTS = {
    "question": _l("The question this visit answers"),
    "shown": _l("What visitors will see"),
    "failure": _l("One thing that did not work"),
    "cost": _l("Costs: who pays what"),
    "access": _l("Access"),
    "safety": _l("Safety"),
    "reception": _l("Who receives the visitors"),
}
CRITERIA = {
    "goals": _l("Clarity of the learning goals"),
    "power_to_act": _l("Power to act at home"),
    "balance": _l("Balance of kinds, regions and first-time visitors"),
    "follow_up": _l("Endorsement by the city and plan for the follow-up"),
}
OBSTACLES = OFFER_PARTS | {
    "theme": _l("The theme"),
    "dates": _l("The dates of the visit"),
    "sites": _l("At least one place that visitors will see"),
    "languages": _l("The working languages"),
    "criteria": _l("Criteria whose weights sum to 100"),
    "deadline": _l("A last day of the call, before the visit begins"),
    "endorsement": _l("The endorsement by the host city's focal point"),
    "call_weeks": _l("A last day at least four weeks from today"),
    "deadline_passed": _l("The end of the last day of the call"),
}
APPLICATION_PARTS = {
    "motivation": _l("Why I want to take part"),
    "power_to_act": _l("What I can change at home"),
    "gives_back": _l("What we can give back to the host"),
    "travellers": _l("Who travels"),
    "goals": _l("Three learning goals"),
}
STAGES = {
    "offer": _l("Offers being prepared"),
    "call": _l("Calls that are open"),
    "before": _l("Selection and preparation"),
    "now": _l("Under way"),
    "after": _l("Report and follow-up"),
    "over": _l("Closed or cancelled"),
}


def init_app(app):
    app.jinja_env.globals["visit_words"] = {
        "states": VISIT_STATES,
        "badges": VISIT_BADGES,
        "application_states": APPLICATION_STATES,
        "application_badges": APPLICATION_BADGES,
        "modes": MODES,
        "interpretation": INTERPRETATION,
        "parts": OFFER_PARTS,
        "criteria": CRITERIA,
        "obstacles": OBSTACLES,
        "application_parts": APPLICATION_PARTS,
        "stages": STAGES,
    }
