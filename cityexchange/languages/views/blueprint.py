from flask import Blueprint

bp = Blueprint("languages", __name__)
