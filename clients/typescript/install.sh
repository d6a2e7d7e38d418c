# Sourced: brings what package-lock.json names, unless it is there.
command -v npm >/dev/null || { echo "clients/typescript: npm not found (install Node 20 or newer)" >&2; exit 1; }
if [ ! -f node_modules/.package-lock.json ] || [ package-lock.json -nt node_modules/.package-lock.json ]; then
    npm ci --ignore-scripts --no-audit --no-fund --loglevel=error >&2
    touch node_modules/.package-lock.json
fi
