#!/bin/sh
# The first process of a node (under tini): a router where a base configuration is given, else a host.
#   --sshd   run an SSH server on port 2222 (containers; the namespaces' gateway needs none)
set -eu

if [ -f /etc/frr.base/frr.conf ]; then
  for family in net.ipv4.ip_forward net.ipv6.conf.all.forwarding; do sysctl -qw "$family=1"; done
  # Carrier loss must take the routes with it, as on a hardware router.
  for family in ipv4 ipv6; do
    for scope in all default; do sysctl -qw "net.$family.conf.$scope.ignore_routes_with_linkdown=1"; done
  done
  cp /etc/frr.base/* /etc/frr/
  chown -R frr:frr /etc/frr /run/frr /var/log/frr /var/tmp/frr
  chmod 0770 /etc/frr
  chmod 0775 /run/frr /var/log/frr
  chmod 0640 /etc/frr/*
  /usr/lib/frr/frrinit.sh start > /var/log/frr/start.log 2>&1
fi

if [ "${1:-}" = --sshd ]; then
  ssh-keygen -A > /dev/null
  /usr/sbin/sshd
fi
echo ready
exec sleep infinity
