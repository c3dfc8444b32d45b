#!/bin/sh
# Makes the files of secrets/ that are missing: sh deploy/secrets.sh HOST
#   elastic-password        of Elasticsearch's administrator, used by the set-up alone
#   site.pem, site-key.pem  a certificate that no browser trusts, for a first trial: put your own in its place
set -eu
umask 077
host=${1:?name the host that readers will type, such as www.example.org}
mkdir -p secrets
cd secrets

if [ ! -e elastic-password ]; then
    # letters and digits only: the health check hands it over in quotes
    LC_ALL=C tr -dc 'A-Za-z0-9' </dev/urandom | head -c 32 >elastic-password
    echo "made secrets/elastic-password"
fi
if [ ! -e site.pem ] || [ ! -e site-key.pem ]; then
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 30 -subj "/CN=$host" \
        -addext "subjectAltName=DNS:$host" -keyout site-key.pem -out site.pem 2>/dev/null
    echo "made secrets/site.pem and site-key.pem for a trial of 30 days: put a real certificate there"
fi
chmod 400 elastic-password site.pem site-key.pem
# The services run as user 1000 and read these files as they are; only root can hand them over.
[ "$(id -u)" != 0 ] || chown 1000:1000 . elastic-password site.pem site-key.pem
[ "$(id -u)" = 0 ] || [ "$(id -u)" = 1000 ] || echo "now, as root: chown -R 1000:1000 secrets"
