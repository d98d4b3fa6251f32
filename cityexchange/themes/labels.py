"""The words of the taxonomy (practice.md 2.3), in the reader's language. An unknown key stands for itself."""

from flask_babel import lazy_gettext as _l

CLUSTERS = {
    "A": _l("Governance"),
    "B": _l("Arrival, status and protection"),
    "C": _l("Services"),
    "D": _l("Work and economy"),
    "E": _l("Living together"),
    "F": _l("Links, mobility and shocks"),
}
THEMES = {
    "strategy_coordination": _l("Strategy and coordination"),
    "partnerships": _l("Partnerships with civil society and business"),
    "participation": _l("Participation and representation"),
    "finance": _l("Municipal finance"),
    "data_evidence": _l("Data and evidence"),
    "narratives": _l("Narratives and communication"),
    "reception": _l("Reception and first orientation"),
    "legal_information": _l("Legal information and advice"),
    "legal_identity": _l("Legal identity and municipal registration"),
    "irregular_status": _l("People with irregular status"),
    "refugee_inclusion": _l("Refugee inclusion"),
    "unaccompanied_minors": _l("Unaccompanied and separated children"),
    "trafficking_exploitation": _l("Trafficking and exploitation"),
    "return_reintegration": _l("Return and reintegration"),
    "housing": _l("Housing and homelessness"),
    "health": _l("Health and mental health"),
    "education": _l("Education and early childhood"),
    "language": _l("Language learning and interpreting"),
    "social_protection": _l("Social protection"),
    "employment": _l("Employment"),
    "skills_recognition": _l("Skills and qualification recognition"),
    "labour_rights": _l("Decent work and labour rights"),
    "entrepreneurship": _l("Entrepreneurship"),
    "anti_discrimination": _l("Anti-discrimination and anti-racism"),
    "intercultural_dialogue": _l("Intercultural dialogue"),
    "culture_sport": _l("Culture and sport"),
    "neighbourhoods": _l("Neighbourhoods and public space"),
    "mediation": _l("Mediation and conflict resolution"),
    "safety_hate_crime": _l("Safety and hate crime"),
    "diaspora": _l("Diaspora and transnational links"),
    "climate_mobility": _l("Climate mobility"),
    "idp_solutions": _l("Internal displacement"),
    "crisis_preparedness": _l("Preparedness for sudden arrivals"),
    "transit_mobility": _l("Transit, onward movement, missing persons"),
    "city_diplomacy": _l("City diplomacy and global compacts"),
}
INSTRUMENTS = {
    "one_stop_shop": _l("One-stop shop"),
    "buddy_scheme": _l("Buddy / mentoring scheme"),
    "advisory_council": _l("Advisory council"),
    "bylaw_charter": _l("By-law, charter or strategy"),
    "municipal_id": _l("Municipal ID or residence letter"),
    "campaign": _l("Campaign"),
    "observatory": _l("Observatory or indicators"),
    "staff_training": _l("Staff training"),
    "coordination_hub": _l("Coordination platform"),
    "grant_scheme": _l("Grant scheme"),
    "service_voucher": _l("Voucher or learning passport"),
    "shared_facility": _l("Shared housing or facility"),
    "digital_service": _l("Digital service"),
    "procurement": _l("Procurement clause"),
    "outreach_team": _l("Outreach or mediation team"),
    "partnership_agreement": _l("City-to-city agreement"),
}
GROUPS = {
    "children": _l("Children"),
    "youth": _l("Young people"),
    "women": _l("Women"),
    "families": _l("Families"),
    "older": _l("Older people"),
    "lgbtiq": _l("LGBTIQ+ people"),
    "disability": _l("People with disabilities"),
    "workers": _l("Migrant workers"),
    "students": _l("Students"),
    "asylum": _l("Asylum seekers"),
    "refugees": _l("Refugees"),
    "idps": _l("Internally displaced people"),
    "returnees": _l("Returnees"),
    "long_term": _l("Long-term residents"),
}
STAGES = {
    "arrival": _l("Arrival"),
    "settlement": _l("Settlement"),
    "long_term": _l("Long term"),
    "onward_return": _l("Onward journey or return"),
}


def theme_label(key):
    return THEMES.get(key, key)


def init_app(app):
    app.jinja_env.globals["theme_keys"] = tuple(THEMES)
    app.jinja_env.filters.update(
        theme_label=theme_label,
        cluster_label=lambda key: CLUSTERS.get(key, key),
        instrument_label=lambda key: INSTRUMENTS.get(key, key),
        group_label=lambda key: GROUPS.get(key, key),
        stage_label=lambda key: STAGES.get(key, key),
    )
