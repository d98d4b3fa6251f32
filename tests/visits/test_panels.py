"""What the start page, a city's and a theme's page show of the visits."""

from tests.factories import MemberFactory
from tests.visits.factories import close_in_the_past, draft_application, offered_visit, open_visit


def test_the_start_page_shows_open_calls_on_what_my_city_needs(sign_in, people, visit):
    open_visit(title="On another theme")
    member = people["stranger"]
    assert visit.title not in sign_in(member).get("/").text
    member.city.need(visit.theme)
    page = sign_in(member).get("/").text
    assert visit.title in page and "On another theme" not in page


def test_the_start_page_shows_a_draft_until_the_deadline(sign_in, people, visit):
    draft_application(visit, people["applicant"])
    assert "Your draft" in sign_in(people["applicant"]).get("/").text
    assert "Your draft" not in sign_in(people["applicant_focal_point"]).get("/").text
    close_in_the_past(visit)
    assert "Your draft" not in sign_in(people["applicant"]).get("/").text


def test_the_host_city_is_not_called_to_itself(sign_in, people, visit):
    colleague, stranger = people["host_colleague"], people["stranger"]
    for member in (colleague, stranger):
        member.city.need(visit.theme)
    words = "on what your city needs"
    assert words not in sign_in(colleague).get("/").text and words in sign_in(stranger).get("/").text


def test_visitors_see_open_calls_and_no_offer_before(visitor, people, visit):
    offered_visit(people["host_official"], title="Not open yet")
    page = visitor.get("/").text
    assert visit.title in page and "Not open yet" not in page


def test_a_citys_page_shows_the_visits_it_hosts_to_those_who_see_them(visitor, sign_in, people, visit):
    draft = offered_visit(people["host_official"], title="Not open yet")
    page = f"/cities/{visit.host_city.slug}"
    assert visit.title in visitor.get(page).text and draft.title not in visitor.get(page).text
    assert draft.title in sign_in(people["host_colleague"]).get(page).text


def test_a_themes_page_shows_its_open_calls(visitor, visit):
    assert visit.title in visitor.get(f"/themes/{visit.theme.key}").text
    close_in_the_past(visit)
    assert visit.title not in visitor.get(f"/themes/{visit.theme.key}").text


def test_the_start_page_asks_as_few_questions_for_many_calls(sign_in, count_queries):
    member = MemberFactory()
    browser = sign_in(member)
    member.city.need(open_visit(title="Call 0").theme)
    browser.get("/")
    with count_queries() as few:
        browser.get("/")
    for n in (1, 2):
        member.city.need(open_visit(title=f"Call {n}").theme)
    with count_queries() as many:
        assert "Call 2" in browser.get("/").text
    assert len(many) == len(few)


def test_who_hands_a_place_over_sees_what_is_still_open(sign_in, people, visit):
    focal = people["applicant_focal_point"]
    draft_application(visit, focal)
    offered_visit(focal, title="A visit of ours")
    others = offered_visit(people["host_official"], title="A visit of others")

    page = sign_in(focal).get(f"/seats/{focal.seat.id}/hand-over").text

    assert visit.title in page and "A visit of ours" in page and others.title not in page


def test_the_list_of_visits_is_narrowed_to_a_theme(visitor, visit):
    visit.theme.key = "housing"
    open_visit(title="On another theme")
    page = visitor.get("/visits?theme=housing").text
    assert visit.title in page and "On another theme" not in page
    assert '<option value="housing" selected>' in page
    assert "On another theme" in visitor.get("/visits?theme=rumours").text
    assert "No visit on this theme yet" in visitor.get("/visits?theme=education").text


def test_a_themes_page_leads_to_all_that_there_is_on_it(visitor, visit):
    visit.theme.key = "housing"
    visit.host_city.offer(visit.theme)
    visit.host_city.need(visit.theme)
    page = visitor.get("/themes/housing").text
    for way in (
        "/visits?theme=housing",
        "/cities?offer=housing",
        "/cities?need=housing",
        "/ask?theme=housing",
    ):
        assert f'href="{way}"' in page, way
        assert visitor.get(way).status_code == (302 if way.startswith("/ask") else 200)
