from flask import Blueprint

bp = Blueprint("cities", __name__)
