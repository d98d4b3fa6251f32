from tests.core.migrated import fresh  # noqa: F401  # a fixture
