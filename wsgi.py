"""What a WSGI server loads: `gunicorn wsgi:app`."""

from app import create_app
from app.server import read_little_ahead

read_little_ahead()
app = create_app()
