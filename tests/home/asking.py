"""People and cities that ask for a decision, for what the start page says of them."""

from cityexchange.core.db import db
from cityexchange.members.joining import JoinRequest
from cityexchange.membership.models import CityApplication
from tests.factories import CityFactory


def asked_to_join(city, name="Dana Novak", **values):
    values = {"is_of_domain": True, "state": "waiting", "password": "x", "job_title": "Officer"} | values
    request = JoinRequest(name=name, email=f"{name.split()[0].lower()}@city.example", city=city, **values)
    db.session.add(request)
    db.session.flush()
    return request


def city_applied(name="Riga"):
    deputy = {"deputy_name": "D", "deputy_job_title": "D", "deputy_email": "d@a.example", "signatory": "M"}
    asker = {"name": "Ilze Kalnina", "job_title": "Mayor", "email": "a@a.example", "charter": 1}
    application = CityApplication(
        city=CityFactory(name=name, state="applied"), state="waiting", **asker, **deputy
    )
    db.session.add(application)
    db.session.flush()
    return application
