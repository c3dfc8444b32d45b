"""The compose files keep to the specification, and to what the deployment promises."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from composed import ROOT, compose

SERVICES = compose()["services"]
OURS = sorted(name for name, service in SERVICES.items() if service["image"].startswith("crossforce:"))
FILES = ("docker-compose.yml", "deploy/three-nodes.yml")


def mounts(service: dict[str, Any]) -> dict[str, tuple[str, bool]]:
    """Place in the container → (volume or file, whether it may be written)."""
    split = [volume.split(":") for volume in service.get("volumes", [])]
    return {parts[1]: (parts[0], parts[2:] != ["ro"]) for parts in split}


@pytest.mark.parametrize("name", FILES)
def test_the_specification_s_schema_takes_it(name: str) -> None:
    schema = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.compose-spec"]
    done = subprocess.run([*schema, ROOT / name], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_the_schema_would_find_a_mistake(tmp_path: Path) -> None:
    broken = tmp_path / "docker-compose.yml"
    broken.write_text((ROOT / "docker-compose.yml").read_text("utf-8").replace("healthcheck:", "helthcheck:"), "utf-8")
    schema = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.compose-spec"]
    assert subprocess.run([*schema, broken], capture_output=True, check=False).returncode == 1


def test_every_name_leads_somewhere() -> None:
    whole = compose()
    for name, service in SERVICES.items():
        networks = service.get("networks", [])
        assert set(networks) <= set(whole["networks"]), name
        assert bool(networks) != ("network_mode" in service), name
        assert set(service.get("depends_on", {})) <= set(SERVICES), name
        assert set(service.get("secrets", [])) <= set(whole["secrets"]), name
        for source, _ in mounts(service).values():
            assert (ROOT / source).is_file() if source.startswith("./") else source in whole["volumes"], (name, source)
        words = " ".join(service.get("command", []))
        for script in re.findall(r"/srv/deploy/(\S+)", words):
            assert (ROOT / "deploy" / script).is_file(), (name, script)


def test_images_are_pinned() -> None:
    for name, service in SERVICES.items():
        assert re.search(r":(\d+\.\d+|\$\{CROSSFORCE_VERSION:-\d+\.\d+\.\d+\})", service["image"]), name
    assert SERVICES["elasticsearch"]["image"] == "elasticsearch:9.4.3"


@pytest.mark.parametrize("name", sorted(SERVICES))
def test_no_service_has_more_rights_than_it_needs(name: str) -> None:
    service = SERVICES[name]
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service["ulimits"]["core"] == 0
    assert name == "elasticsearch" or (service["read_only"] and service["user"] == "1000:1000")
    assert name == "front" or "ports" not in service
    one_shot = name in {"certificates", "access"}
    assert service["restart"] == ("no" if one_shot else "unless-stopped")
    assert one_shot or ("healthcheck" in service or name == "front")
    assert one_shot or "mem_limit" in service


def test_who_can_reach_whom() -> None:
    whole = compose()
    reached = {name: set(service.get("networks", [])) for name, service in SERVICES.items()}
    outward = {name for name, network in whole["networks"].items() if not network.get("internal")}
    assert {name for name, networks in reached.items() if networks & outward} == {"crawler", "front"}
    assert "engine" not in reached["crawler"] | reached["front"]
    assert not reached["certificates"]


def test_each_secret_is_where_it_is_needed_and_nowhere_else() -> None:
    def holders(source: str) -> set[str]:
        return {name for name, service in SERVICES.items() if source in {s for s, _ in mounts(service).values()}}

    assert holders("authority") == {"certificates"}
    assert holders("certificates") == {"certificates", "elasticsearch"}
    for service in ("site", "indexer", "snapshots"):
        assert holders(f"{service}-key") == {"access", service}
        assert mounts(SERVICES[service])[f"/keys/{service}"] == (f"{service}-key", False)
    with_password = {name for name, service in SERVICES.items() if "elastic-password" in service.get("secrets", [])}
    assert with_password == {"elasticsearch", "access"}
    text = (ROOT / "docker-compose.yml").read_text("utf-8")
    assert not re.search(r"(?i)(password|key):\s*(?!/|\{file)[\"']?[a-z0-9]+[\"']?$", text, re.MULTILINE)


def test_the_image_has_every_folder_that_a_volume_takes_its_owner_from() -> None:
    image = (ROOT / "Dockerfile").read_text("utf-8")
    made = set(shlex.split(image[image.index("install --directory") :].split("\n\n")[0].replace("\\\n", " ")))
    for name in OURS:
        assert {place for place, (_, writes) in mounts(SERVICES[name]).items() if writes} <= made, name


def test_the_image_is_built_from_what_is_here_and_not_from_secrets() -> None:
    rules = (ROOT / ".dockerignore").read_text("utf-8").split()
    sent = {rule[1:] for rule in rules if rule.startswith("!")}
    assert all((ROOT / name).exists() for name in sent)
    assert "*" in rules
    assert not sent & {"secrets", ".env", "archive", ".venv", ".git", "tests"}
    listed = (ROOT / "setup.cfg").read_text("utf-8")
    for package in ("crawler", "indexer", "mappings", "samples", "webapp"):
        assert package in sent
        assert f"\n    {package}\n" in listed


def test_every_variable_is_explained() -> None:
    texts = [(ROOT / name).read_text("utf-8") for name in FILES]
    page = (ROOT / "docs" / "deploy.md").read_text("utf-8")
    for variable in sorted({name for text in texts for name in re.findall(r"(?<!\$)\$\{(\w+)", text)}):
        assert f"`{variable}`" in page, variable
    example = (ROOT / "deploy" / "example.env").read_text("utf-8")
    needed = {name for text in texts for name in re.findall(r"\$\{(\w+):\?", text)}
    assert needed
    assert all(f"\n{name}=\n" in example for name in needed)


def test_further_nodes_join_and_never_found_a_cluster_of_their_own() -> None:
    three = yaml.safe_load((ROOT / "deploy" / "three-nodes.yml").read_text("utf-8"))["services"]
    for name in ("elasticsearch-2", "elasticsearch-3"):
        assert three[name]["environment"]["cluster.initial_master_nodes"] == ""
        assert three[name]["environment"]["node.name"] == name
        assert name in three["elasticsearch"]["environment"]["discovery.seed_hosts"]
        assert name in three["certificates"]["command"]
        assert all(
            name in three[s]["environment"]["CROSSFORCE_ENGINE"] for s in ("access", "indexer", "site", "snapshots")
        )
