"""The jobs for GitLab CI/CD, in a file of their own that `.gitlab-ci.yml` includes.

GitLab has no secrets of a single step, but variables that only jobs of one *environment* get: that
is how the job that meets hostile octets is kept from the key and from the token that pushes.
"""

from __future__ import annotations

from archiver.jobs.plan import Plan

PLACE = ".gitlab/recapture.yml"
HEAD = "# Made by `archiver schedule gitlab`: change its options, not this file.\n"
INCLUDE = "include: [{local: .gitlab/recapture.yml}]"

_JOBS = """\
{head}{command}
# In .gitlab-ci.yml:  {include}
# A pipeline schedule wakes it (Build > Pipeline schedules): {cron}

.archiver:
  image: python:3.12-bookworm
  rules:
    - if: $CI_PIPELINE_SOURCE == "schedule"
  resource_group: archiver-recapture
  interruptible: false
  before_script:
{install}

# Meets the web: no token that pushes, no key that signs the ledger.
recapture:
  extends: .archiver
  stage: test
  timeout: {minutes} minutes
  environment:
    name: archiver/capture
    action: access
  script:
    - archiver log collect --archives {archives} --visibility "$CI_PROJECT_VISIBILITY"{public}
{texts}{stamps}    - >-
      archiver recapture --archives {archives}{every} --deadline {deadline}
      --no-checkpoint{alarm} --json > recapture.json
  after_script:
    - >-
      archiver log collect --archives {archives} --visibility "$CI_PROJECT_VISIBILITY"{public}
      --packages {packages} --to receipts
    - archiver log summary --archives {archives} --new > summary.md
  artifacts:
    when: always
    access: developer
    paths: [receipts, summary.md]

# Writes: never meets the web. Octets from there are hashed here, and never read.
publish:
  extends: .archiver
  stage: deploy
  needs:
    - job: recapture
      artifacts: true
  rules:
    - if: $CI_PIPELINE_SOURCE == "schedule"
      when: always
  timeout: 20 minutes
  environment:
    name: archiver/publish
    action: access
  script:
    - git remote remove publish || true
    - git remote add publish "$CI_PROJECT_URL.git"
    - >-
      ARCHIVER_LEDGER_KEY= archiver log publish receipts
      --archives {archives} --remote publish --branch {branch}{with_packages}
{release}    - archiver log publish --sign --archives {archives} --remote publish --branch {branch}
"""
_RELEASE = """\
    - |
      url="$CI_API_V4_URL/projects/$CI_PROJECT_ID/packages/generic/recapture/$CI_PIPELINE_ID"
      for file in receipts/*/packages/*; do
        test ! -f "$file" || curl --fail-with-body --silent --show-error \\
          --header "JOB-TOKEN: $CI_JOB_TOKEN" --upload-file "$file" "$url/$(basename "$file")"
      done
"""


def jobs(plan: Plan, command: str) -> str:
    """The file. `command` is the one that makes it, for whoever reads it."""
    return _JOBS.format(
        head=HEAD,
        command=f"# {command}",
        include=INCLUDE,
        cron=plan.cron,
        install=_install(plan),
        minutes=plan.minutes,
        archives=plan.archives,
        branch=plan.branch,
        public=" --public" if plan.public else "",
        every=f" --every {plan.every}" if plan.every else "",
        deadline=plan.deadline,
        packages=plan.packages,
        with_packages=" --packages" if plan.packages == "git" else "",
        texts=f"    - archiver schedule texts --archives {plan.archives}\n" if plan.texts else "",
        stamps="    - archiver tsa defaults\n" if plan.stamps else "",
        alarm=" --exit-status" if plan.alarm else "",
        release=_RELEASE if plan.packages == "release" else "",
    )


def _install(plan: Plan) -> str:
    source = plan.source
    if source.requirement:
        return f'    - python -m pip install --no-input "{source.requirement}"'
    if source.wheel:
        return (
            f'    - echo "{source.sha256}  {source.wheel}" | sha256sum --check --strict\n'
            f"    - python -m pip install --no-input ./{source.wheel}"
        )
    return "    - python -m pip install --no-input ."
