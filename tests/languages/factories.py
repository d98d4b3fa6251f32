import factory

from tests.factories import ModelFactory, SpaceFactory
from tests.languages.notes import Note


class NoteFactory(ModelFactory):
    class Meta:
        model = Note

    title = "Guichet unique"
    space_id = factory.LazyFunction(lambda: SpaceFactory(confidentiality="members").id)

    @classmethod
    def _create(
        cls, model_class, *args, text="Nous avons ouvert un guichet unique.", language="fr", **kwargs
    ):
        note = model_class(**kwargs)
        note.write(text, language)
        cls._meta.sqlalchemy_session_factory().add(note)
        cls._meta.sqlalchemy_session_factory().flush()
        return note
