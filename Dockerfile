# One image for all services of docker-compose.yml but Elasticsearch and the front.
ARG PYTHON=python:3.11-slim-trixie
FROM ${PYTHON} AS build

WORKDIR /src
COPY . .
# Versions and digests are those of the lock file: pip refuses anything else.
RUN python -m venv /opt/build \
 && /opt/build/bin/pip install --no-cache-dir --constraint requirements.lock --requirement build.in \
 && /opt/build/bin/pip wheel --no-cache-dir --no-deps --no-build-isolation --wheel-dir /wheels . \
 && python -m venv /opt/crossforce \
 && /opt/crossforce/bin/pip install --no-cache-dir --constraint requirements.lock "$(ls /wheels/*.whl)[deploy]"

FROM ${PYTHON}

# Volumes take their owner from these folders when they are first used.
RUN apt-get update \
 && apt-get install --yes --no-install-recommends tesseract-ocr \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --uid 1000 --user-group --no-create-home crossforce \
 && install --directory --owner 1000 --group 1000 --mode 0700 \
    /archive /authority /server /trust /snapshots /keys/site /keys/indexer /keys/snapshots
COPY --from=build /opt/crossforce /opt/crossforce
COPY deploy/*.py /srv/deploy/

ENV PATH=/opt/crossforce/bin:$PATH \
    HOME=/tmp \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    CROSSFORCE_ARCHIVE=/archive
WORKDIR /archive
USER 1000:1000
CMD ["crossforce", "--help"]
