"""The workflow for GitHub Actions: two jobs, of which the one that meets hostile octets cannot
write, and the one that writes never meets the web."""

from __future__ import annotations

from archiver.jobs.plan import Plan

PLACE = ".github/workflows/recapture.yml"
HEAD = "# Made by `archiver schedule github`: change its options, not this file.\n"
# Actions by the digest of their commit: a tag can be moved.
CHECKOUT = "actions/checkout@de0fac2e4500dabe0009e67214ff5f5447ce83dd  # v6.0.2"
PYTHON = "actions/setup-python@a309ff8b426b58ec0e2a45f0f869d46889d02405  # v6.2.0"
UPLOAD = "actions/upload-artifact@043fb46d1a93c77aae656e7c1c64a875d1fc6a0a  # v7.0.1"
DOWNLOAD = "actions/download-artifact@3e5f45b2cfb9172054b4087a40e8e0b5a5461e7c  # v8.0.1"

_WORKFLOW = """\
{head}{command}
name: recapture

on:
  schedule:
    - cron: "{cron}"
  workflow_dispatch:

permissions: {{}}

# One run after the other: none is ever cut off by the next.
concurrency:
  group: archiver-recapture
  cancel-in-progress: false

jobs:
  # Meets the web: no right to write, no key that signs the ledger.
  capture:
    name: Capture what is due
    runs-on: ubuntu-latest
    timeout-minutes: {minutes}
    environment: archiver-capture
    permissions:
      contents: read
    steps:
      - uses: {checkout}
        with:
          persist-credentials: false
{install}
      - name: May all cases leave?
        env:
          ARCHIVER_LEDGER_VKEY: ${{{{ vars.ARCHIVER_LEDGER_VKEY }}}}
          VISIBILITY: ${{{{ github.event.repository.visibility }}}}
        run: >-
          archiver log collect --archives {archives} --visibility "$VISIBILITY"{public}
{texts}{stamps}      - name: Capture
        env:
          ARCHIVER_KEY: ${{{{ secrets.ARCHIVER_KEY }}}}
          # The public half: with it lines are written and nothing is signed.
          ARCHIVER_LEDGER_VKEY: ${{{{ vars.ARCHIVER_LEDGER_VKEY }}}}
        # What is printed may hold words of others: from here on the runner obeys none of them.
        run: |
          echo "::stop-commands::$(python -c 'import secrets; print(secrets.token_hex(16))')"
          archiver recapture --archives {archives}{every} --deadline {deadline} \\
            --no-checkpoint{alarm} --json > "$RUNNER_TEMP/recapture.json"
      - name: Collect
        if: always()
        env:
          ARCHIVER_LEDGER_VKEY: ${{{{ vars.ARCHIVER_LEDGER_VKEY }}}}
          VISIBILITY: ${{{{ github.event.repository.visibility }}}}
        run: |
          archiver log collect --archives {archives} --visibility "$VISIBILITY"{public} \\
            --packages {packages} --to "$RUNNER_TEMP/receipts"
          archiver log summary --archives {archives} --new >> "$GITHUB_STEP_SUMMARY"
      - name: Keep the receipts
        if: always()
        uses: {upload}
        with:
          name: receipts
          path: ${{{{ runner.temp }}}}/receipts
          include-hidden-files: false
          if-no-files-found: error

  # Writes: never meets the web. Octets from there are hashed here, and never read.
  publish:
    name: Publish the ledger
    needs: capture
    if: ${{{{ !cancelled() }}}}
    runs-on: ubuntu-latest
    timeout-minutes: 20
    environment: archiver-publish
    permissions:
      contents: write  # lines and checkpoints are pushed
    steps:
      - uses: {checkout}
        with:
          persist-credentials: false
{install}
      - uses: {download}
        with:
          name: receipts
          path: ${{{{ runner.temp }}}}/receipts
      - name: Push the lines
        env:
          ARCHIVER_GIT_TOKEN: ${{{{ github.token }}}}
        run: >-
          archiver log publish "$RUNNER_TEMP/receipts"
          --archives {archives} --branch {branch}{with_packages}
{release}      - name: Sign what the branch holds
        env:
          ARCHIVER_GIT_TOKEN: ${{{{ github.token }}}}
          ARCHIVER_LEDGER_KEY: ${{{{ secrets.ARCHIVER_LEDGER_KEY }}}}
          ARCHIVER_LEDGER_VKEY: ${{{{ vars.ARCHIVER_LEDGER_VKEY }}}}
        run: archiver log publish --sign --archives {archives} --branch {branch}
"""
_INSTALL = """\
      - uses: {python}
        with:
          python-version: "3.12"
      - name: Install archiver
{how}"""
_TEXTS = """\
      - name: Texts that are not in git
        env:
{names}
        run: archiver schedule texts --archives {archives}
"""
_STAMPS = """\
      - name: Choose time-stamp authorities
        run: archiver tsa defaults
"""
_RELEASE = """\
      - name: Release the packages
        env:
          GH_TOKEN: ${{ github.token }}
          REPOSITORY: ${{ github.repository }}
          TAG: recapture-${{ github.run_id }}-${{ github.run_attempt }}
        run: |
          cd "$RUNNER_TEMP/receipts"
          find . -path './*/packages/*' -type f -print0 > ../packages
          test ! -s ../packages || xargs -0 -a ../packages \\
            gh release create "$TAG" --repo "$REPOSITORY" --title "$TAG" --notes "Packages"
"""


def workflow(plan: Plan, command: str) -> str:
    """The file. `command` is the one that makes it, for whoever reads it."""
    return _WORKFLOW.format(
        head=HEAD,
        command=f"# {command}",
        cron=plan.cron,
        minutes=plan.minutes,
        checkout=CHECKOUT,
        upload=UPLOAD,
        download=DOWNLOAD,
        install=_install(plan),
        archives=plan.archives,
        branch=plan.branch,
        public=" --public" if plan.public else "",
        every=f" --every {plan.every}" if plan.every else "",
        deadline=plan.deadline,
        packages=plan.packages,
        with_packages=" --packages" if plan.packages == "git" else "",
        texts=_texts(plan),
        stamps=_STAMPS if plan.stamps else "",
        alarm=" --exit-status" if plan.alarm else "",
        release=_RELEASE if plan.packages == "release" else "",
    )


def _install(plan: Plan) -> str:
    source = plan.source
    if source.requirement:
        how = f'        env:\n          SOURCE: "{source.requirement}"\n'
        how += '        run: python -m pip install --no-input "$SOURCE"'
    elif source.wheel:
        how = f"        env:\n          WHEEL: {source.wheel}\n          SHA256: {source.sha256}\n"
        how += "        run: |\n"
        how += '          echo "$SHA256  $WHEEL" | sha256sum --check --strict\n'
        how += '          python -m pip install --no-input "./$WHEEL"'
    else:
        how = "        run: python -m pip install --no-input ."
    return _INSTALL.format(python=PYTHON, how=how)


def _texts(plan: Plan) -> str:
    if not plan.texts:
        return ""
    names = "\n".join(f"          {one}: ${{{{ secrets.{one} }}}}" for one in plan.texts)
    return _TEXTS.format(names=names, archives=plan.archives)
