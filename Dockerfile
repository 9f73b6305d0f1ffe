# Glassbox for production: gunicorn and whitenoise, as a user without rights.

FROM python:3.13-slim AS build
WORKDIR /app
COPY requirements.lock ./
RUN python -m venv /venv \
    && /venv/bin/pip install --no-cache-dir --require-hashes --requirement requirements.lock
COPY manage.py pyproject.toml gunicorn.conf.py ./
COPY config config
COPY definitions definitions
COPY catalog catalog
COPY templates templates
COPY static static
COPY fixtures fixtures
COPY content content
RUN GLASSBOX_ENV=production SECRET_KEY=for-this-build-step-only-for-this-build-step-only-0123 ALLOWED_HOSTS=localhost \
    DATABASE_URL=postgresql://localhost/none STATIC_ROOT=/app/staticfiles \
    /venv/bin/python manage.py collectstatic --no-input --verbosity 0

FROM python:3.13-slim
RUN useradd --system --uid 10001 --home-dir /app glassbox \
    && install --directory --owner=10001 /dumps
WORKDIR /app
COPY --from=build /venv /venv
COPY --from=build /app /app
ENV PATH=/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    GLASSBOX_ENV=production \
    STATIC_ROOT=/app/staticfiles \
    DUMPS_DIR=/dumps
USER 10001
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s \
    CMD ["python", "-m", "config.healthcheck"]
CMD ["gunicorn", "config.wsgi", "--workers", "2"]
