"""Migrations: how a database comes from any earlier state to the models of today."""
