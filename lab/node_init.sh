#!/bin/sh
# Make this process the first of a node. It already has net, uts, mnt, pid and ipc namespaces of
# its own. The node sees the host's packages, read through an overlay: what it writes lands in
# memory of its own and goes with it; nothing of it reaches the host.
#   node_init.sh NAME NODE_DIRECTORY [MOUNT_POINT...]   more file systems of the host to overlay
# Tells on stdout: "pid N" (as the host counts), then "ready" (by entrypoint.sh).
set -eu
name=$1 directory=$2
shift 2
read -r pid _ < /proc/self/stat
echo "pid $pid"

layer=$directory/root
overlay() { # SOURCE NUMBER TARGET
  mkdir "$layer/upper$2" "$layer/work$2"
  mount -t overlay -o "lowerdir=$1,upperdir=$layer/upper$2,workdir=$layer/work$2" node "$3"
}

hostname "$name"
mount -t tmpfs -o mode=755 node "$layer"
mkdir "$layer/merged"
overlay / 0 "$layer/merged"
number=0
for place in "$@"; do
  number=$((number + 1))
  overlay "$place" $number "$layer/merged$place"
done
cd "$layer/merged"

for place in run tmp home root; do mount -t tmpfs -o mode=755 node "$place"; done
chmod 1777 tmp
chmod 0700 root
mkdir run/lock
mount -t proc proc proc
mount -t sysfs sysfs sys
mount -t tmpfs -o mode=755 node dev
mkdir dev/pts dev/shm
cp -a /dev/null /dev/zero /dev/full /dev/random /dev/urandom /dev/tty dev/
mount -t devpts -o newinstance,ptmxmode=0666,mode=620,gid=5 devpts dev/pts
mount -t tmpfs -o mode=1777 node dev/shm
ln -s pts/ptmx dev/ptmx
ln -s /proc/self/fd dev/fd
cp -a "$directory/files/." .

pivot_root . mnt
cd /
umount -l /mnt
ip link set lo up
# Nobody else can hold an address of ours here: use it at once, do not ask around for a second.
for setting in /proc/sys/net/ipv6/conf/*/accept_dad; do echo 0 > "$setting"; done
/usr/local/lib/crossconnect/setup.sh
exec tini -s -- /usr/local/lib/crossconnect/entrypoint.sh
