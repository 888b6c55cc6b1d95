#!/bin/bash
# Starts Ceph's radosgw on 127.0.0.1 with the smallest cluster behind it: one monitor, one store in memory. Needs no
# root, no systemd. Checks signatures, payload hashes and clocks as strictly as the hosters that run it.
#
#   start.sh PORT FOLDER      prints READY, the endpoint, the access key and the secret key; stop.sh FOLDER ends it
#
#   ACCESS_KEY, SECRET_KEY    testkey, testsecret
#   STORE_MB                  the store's size, 2048
#   RGW_MAX_CONCURRENT        requests beyond that many at once are answered 503 SlowDown
#   A user “deployer” (deployerkey, deployersecret) owns nothing; policies are tried on him.
#
#   TLS_PORT                  serve HTTPS there too, with a self-signed certificate in FOLDER/tls.crt
set -euo pipefail
port=${1:?port}
mkdir -p "${2:?folder}"
folder=$(cd "$2" && pwd)
here=$(cd "$(dirname "$0")" && pwd)
access=${ACCESS_KEY:-testkey}
secret=${SECRET_KEY:-testsecret}

[ ! -e "$folder/mon.pid" ] || {
    echo "radosgw: already started in $folder" >&2
    exit 1
}
rm -rf "$folder/mon" "$folder/osd"
mkdir -p "$folder"/{mon,osd,log,run}
trap '[ $? = 0 ] || { tail -n 5 "$folder"/log/*.log >&2; "$here/stop.sh" "$folder"; }' EXIT

frontend="endpoint=127.0.0.1:$port"
if [ -n "${TLS_PORT:-}" ]; then
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 3650 -subj /CN=localhost \
        -addext 'subjectAltName=DNS:localhost,DNS:*.s3.localhost,IP:127.0.0.1' \
        -keyout "$folder/tls.key" -out "$folder/tls.crt" 2>/dev/null
    frontend+=" ssl_endpoint=127.0.0.1:$TLS_PORT ssl_certificate=$folder/tls.crt ssl_private_key=$folder/tls.key"
fi

# The monitor's address must be known beforehand; the store finds a port of its own.
monitor=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
cluster=$(</proc/sys/kernel/random/uuid)
cat >"$folder/ceph.conf" <<CONF
[global]
fsid = $cluster
mon host = [v2:127.0.0.1:$monitor]
mon initial members = a
public addr = 127.0.0.1
cluster addr = 127.0.0.1
ms bind msgr1 = false
auth cluster required = none
auth service required = none
auth client required = none
run dir = $folder/run
admin socket = $folder/run/\$name.\$pid.asok
pid file = $folder/\$type.pid
log file = $folder/log/\$name.log
crash dir = $folder/log
debug default = 0
log to stderr = false
err to stderr = false
keyring = /dev/null
osd pool default size = 1
osd pool default min size = 1
osd pool default pg num = 1
osd pool default pgp num = 1
osd pool default pg autoscale mode = off
osd crush chooseleaf type = 0
mon allow pool size one = true
mon max pg per osd = 2000
mon data avail warn = 1
mon data avail crit = 1
mon compact on start = false
auth allow insecure global id reclaim = false
paxos propose interval = 0.05
paxos min wait = 0.01
[mon.a]
mon data = $folder/mon
[osd.0]
osd data = $folder/osd
osd objectstore = memstore
memstore device bytes = $((${STORE_MB:-2048} * 1048576))
osd max object name len = 2048
osd max object namespace len = 256
osd op num shards = 2
osd fast shutdown = true
[client.rgw]
ms mon client mode = crc secure
rgw frontends = beast $frontend tcp_nodelay=1
rgw dns name = localhost
rgw thread pool size = 64
rgw max concurrent requests = ${RGW_MAX_CONCURRENT:-1024}
rgw lc debug interval = 10
rgw run sync thread = false
rgw enable usage log = false
rgw enable ops log = false
rgw verify ssl = false
rgw crypt require ssl = false
CONF
export CEPH_CONF=$folder/ceph.conf
exec </dev/null

monmaptool --create --fsid "$cluster" --addv a "[v2:127.0.0.1:$monitor]" "$folder/monmap" --clobber >/dev/null 2>&1
ceph-authtool --create-keyring "$folder/mon.keyring" --gen-key -n mon. --cap mon 'allow *' >/dev/null
ceph-mon --mkfs -i a --monmap "$folder/monmap" --keyring "$folder/mon.keyring" >/dev/null 2>&1
ceph-mon -i a >/dev/null 2>&1

store=$(</proc/sys/kernel/random/uuid)
/usr/bin/python3 /usr/bin/ceph --connect-timeout 30 osd new "$store" 0 >/dev/null
ceph-osd -i 0 --mkfs --osd-uuid "$store" >/dev/null 2>&1
ceph-osd -i 0 >/dev/null 2>&1

radosgw-admin -n client.rgw user create --uid=test --display-name=test --access-key="$access" --secret-key="$secret" \
    >"$folder/user.json" 2>"$folder/log/admin.log"
# A second user, who owns nothing: what a bucket's policy grants him is all that he may do.
radosgw-admin -n client.rgw user create --uid=deployer --display-name=deployer --access-key=deployerkey \
    --secret-key=deployersecret >/dev/null 2>>"$folder/log/admin.log"
# The region's name, so that a location constraint of us-east-1 is understood.
radosgw-admin -n client.rgw zonegroup get --rgw-zonegroup=default 2>>"$folder/log/admin.log" |
    sed 's/"api_name": "[^"]*"/"api_name": "us-east-1"/' >"$folder/zonegroup.json"
radosgw-admin -n client.rgw zonegroup set --rgw-zonegroup=default --infile="$folder/zonegroup.json" \
    >/dev/null 2>>"$folder/log/admin.log"
radosgw -n client.rgw >/dev/null 2>&1

for _ in $(seq 1 300); do
    if (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then
        echo "READY http://127.0.0.1:$port $access $secret"
        exit 0
    fi
    sleep 0.1
done
exit 1
