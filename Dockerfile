# One image for all services of docker-compose.yml but Elasticsearch and the front.
ARG PYTHON=python:3.11-slim-trixie
FROM ${PYTHON} AS build

WORKDIR /src
COPY . .
# Everything is fetched by the lock file, and refused where a digest differs; then only what a deployment needs is put in.
RUN python -m venv /opt/build \
 && /opt/build/bin/pip download --no-cache-dir --require-hashes --requirement requirements.lock --dest /wheels \
 && /opt/build/bin/pip install --no-index --find-links /wheels --requirement build.in \
 && /opt/build/bin/pip wheel --no-deps --no-build-isolation --wheel-dir /wheels . \
 && python -m venv /opt/crossforce \
 && /opt/crossforce/bin/pip install --no-index --find-links /wheels "crossforce[deploy]"

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

# Progress bars are no use in a container's log.
ENV PATH=/opt/crossforce/bin:$PATH \
    HOME=/tmp \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    TQDM_DISABLE=1 \
    CROSSFORCE_ARCHIVE=/archive
WORKDIR /archive
USER 1000:1000
CMD ["crossforce", "--help"]
