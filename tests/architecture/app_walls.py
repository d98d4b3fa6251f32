"""The walls that only the assembled application can show."""

from cityexchange.core.policy import policies


def public_pages(app):
    """The endpoints that answer a visitor."""
    views = app.view_functions
    return {name for name in views if name == "static" or getattr(views[name], "is_public", False)}


def models_without_policy(model_base):
    """The names of mapped classes for which no policy was written."""
    mapped = {mapper.class_ for mapper in model_base.registry.mappers}
    return {model.__name__ for model in mapped - policies().keys()}


def templates_that_do_not_compile(environment):
    for name in environment.list_templates():
        try:
            environment.get_template(name)
        except Exception as error:
            yield f"{name}: {error}"
