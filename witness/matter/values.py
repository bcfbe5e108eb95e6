"""What the specification fixes, looked up in the answer to a wildcard read. Paths are ENDPOINT/CLUSTER/ATTRIBUTE."""

from __future__ import annotations

from chip.clusters import Objects as Clusters
from chip.clusters.ClusterObjects import ALL_ATTRIBUTES, ALL_CLUSTERS

attribute_list = 0xFFFB
info = Clusters.BasicInformation
bridged = Clusters.BridgedDeviceBasicInformation
power = Clusters.PowerSource


def by_cluster(read: dict) -> dict[tuple[int, int], dict[int, object]]:
    found: dict[tuple[int, int], dict[int, object]] = {}
    for path, value in read.items():
        endpoint, cluster, attribute = (int(part) for part in path.split("/"))
        found.setdefault((endpoint, cluster), {})[attribute] = value
    return found


def unlisted(read: dict) -> list[str]:
    """Clusters whose AttributeList is not what a wildcard read gives."""
    return [
        f"{endpoint}/{cluster}: {sorted(set(values.get(attribute_list, [])) ^ set(values))}"
        for (endpoint, cluster), values in by_cluster(read).items()
        if set(values.get(attribute_list, [])) != set(values)
    ]


def missing(read: dict) -> list[str]:
    """Parts of the Descriptor's lists that the wildcard read does not have, or the other way round."""
    found = by_cluster(read)
    endpoints = {endpoint for endpoint, _ in found}
    wrong = []
    if endpoints - {0} != set(read["0/29/3"]):
        wrong.append(f"PartsList of the root: {sorted((endpoints - {0}) ^ set(read['0/29/3']))}")
    for endpoint in endpoints:
        served = {cluster for one, cluster in found if one == endpoint}
        if set(read[f"{endpoint}/29/1"]) != served:
            wrong.append(f"ServerList of {endpoint}: {sorted(set(read[f'{endpoint}/29/1']) ^ served)}")
    return wrong


# Attributes that came with Matter 1.5, after this SDK: GeneralDiagnostics.DeviceLoadStatus.
newer = {(0x33, 10)}


def unknown(read: dict) -> list[str]:
    """Attributes that the SDK's own data model does not have."""
    return [
        path
        for path in read
        for _, cluster, attribute in [[int(part) for part in path.split("/")]]
        if (cluster, attribute) not in newer
        and (cluster not in ALL_CLUSTERS or attribute not in ALL_ATTRIBUTES.get(cluster, {}))
    ]


def wrong_power(read: dict) -> list[str]:
    """A battery powers the endpoint that it is told on, and no other (PowerSource.EndpointList)."""
    return [
        f"{endpoint}: {values.get(31)}"
        for (endpoint, cluster), values in by_cluster(read).items()
        if cluster == power.id and endpoint not in (values.get(31) or [])
    ]


def wrong_versions(read: dict, release: str) -> list[str]:
    """Where the version is not that of the package. Before the first release that is 0.0.0."""
    wrong = [] if read.get("0/40/9", 0) >= 1 and read.get("0/40/10") == release else ["root"]
    return wrong + [
        str(endpoint)
        for (endpoint, cluster), values in by_cluster(read).items()
        if cluster == bridged.id and not values.get(10)
    ]


def unique_ids(read: dict) -> set[str]:
    """UniqueID of the bridge and of everything behind it."""
    ids = {(info.id, 18), (bridged.id, 18)}
    return {
        str(values[attribute])
        for (_, cluster), values in by_cluster(read).items()
        for one, attribute in ids
        if one == cluster and attribute in values
    }

