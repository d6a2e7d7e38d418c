# Sees to a virtual environment with the tools of dev-requirements.txt, in .tools/python at the top; sourced by
# generate and test. Sets top, here and PATH.
here=$(cd -P "$(dirname "${BASH_SOURCE[0]}")" && pwd)
top=$(cd -P "$here/../.." && pwd)
venv=$top/.tools/python
if ! cmp -s "$here/dev-requirements.txt" "$venv/made-from"; then
    echo "python: fetching the tools of dev-requirements.txt once into .tools/python" >&2
    rm -rf "$venv"
    "${PYTHON:-python3}" -m venv "$venv"
    "$venv/bin/pip" install --quiet --disable-pip-version-check -r "$here/dev-requirements.txt" >&2
    "$venv/bin/pip" install --quiet --disable-pip-version-check --no-deps --editable "$here" >&2
    cp "$here/dev-requirements.txt" "$venv/made-from"
fi
PATH=$venv/bin:$PATH
