from flask import Blueprint

bp = Blueprint("digest", __name__, url_prefix="/digest")
