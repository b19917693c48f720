# Here: paths of libraries unpacked without root (see unpack_system in setup.sh). Sourced, not run.
if [ -e var/sys/.done ]; then
  libraries=$(find "$PWD/var/sys/usr/lib" -maxdepth 1 -type d -name '*-linux-gnu' | head -n 1)
  export LD_LIBRARY_PATH="$libraries${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}"
  if [ ! -e /etc/fonts/fonts.conf ] || [ -d var/sys/usr/share/fonts ]; then
    cat >var/fonts.conf <<XML
<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><include ignore_missing="yes">/etc/fonts/fonts.conf</include>
<dir>$PWD/var/sys/usr/share/fonts</dir><dir>$PWD/var/fonts</dir><cachedir>$PWD/var/fontcache</cachedir></fontconfig>
XML
    export FONTCONFIG_FILE="$PWD/var/fonts.conf"
  fi
fi
