#!/bin/sh
# What a node has beyond its packages: users, sudo, SSH and FRR's own files.
# Run once when the image is built, or when a node of `python -m lab` starts.
set -eu

# A locked account ("!") is refused by sshd without PAM; "*" only means "no password".
cat >> /etc/passwd <<'EOF'
automation:x:3001:3001:automation:/home/automation:/bin/bash
netops:x:3002:3002:network operator:/home/netops:/usr/local/lib/crossconnect/vtysh-shell
EOF
cat >> /etc/shadow <<'EOF'
automation:*:20000:0:99999:7:::
netops:*:20000:0:99999:7:::
EOF
cat >> /etc/group <<'EOF'
automation:x:3001:
netops:x:3002:
EOF
sed -i -E '/^(frr|frrvty):/{s/$/,automation,netops/;s/:,/:/}' /etc/group

mkdir -p /home/automation /home/netops /run/sshd /run/frr /var/tmp/frr /var/log/frr \
  /etc/ssh/authorized_keys /etc/frr /etc/frr.base /etc/network /etc/systemd/network \
  /var/lib/crossconnect
chown 3001:3001 /home/automation
chown 3002:3002 /home/netops
chmod 0440 /etc/sudoers
echo 'automation ALL=(ALL) NOPASSWD: ALL' > /etc/sudoers.d/automation
chmod 0440 /etc/sudoers.d/automation

cat > /etc/ssh/sshd_config <<'EOF'
Port 2222
HostKey /etc/ssh/ssh_host_ed25519_key
AuthorizedKeysFile /etc/ssh/authorized_keys/%u
PasswordAuthentication no
KbdInteractiveAuthentication no
PermitRootLogin no
UsePAM no
UseDNS no
PrintMotd no
MaxSessions 50
AcceptEnv LANG LC_*
Subsystem sftp internal-sftp
EOF

# Debian's file has no account line: vtysh then complains to everyone but root.
cat > /etc/pam.d/frr <<'EOF'
auth    sufficient pam_permit.so
account sufficient pam_permit.so
EOF
rm -f /etc/frr/frr.conf
echo 'service integrated-vtysh-config' > /etc/frr/vtysh.conf
cat > /etc/frr/daemons <<'EOF'
bgpd=yes
bfdd=yes
vtysh_enable=yes
zebra_options="-A 127.0.0.1"
bgpd_options="-A 127.0.0.1"
bfdd_options="-A 127.0.0.1"
staticd_options="-A 127.0.0.1"
EOF
