"""Does the ground say what kind it is?"""

import pytest

from shared.city.gazetteer import Gazetteer
from tests.unit.city.essen import essen


@pytest.mark.parametrize(
    ("lat", "long", "kinds"),
    [
        (51.4289, 6.9885, {"park"}),
        (51.4050, 7.0300, {"water"}),
        (51.4510, 7.0130, {"railway"}),
        (51.4580, 7.0070, {"private"}),
        (51.4379, 7.0043, set()),
    ],
)
def test_a_point_lies_on_its_kind_of_ground(lat, long, kinds):
    assert essen().areas_at(lat, long) == kinds


def test_areas_may_overlap(tmp_path):
    ring = "[[[7,51],[8,51],[8,52],[7,52],[7,51]]]"
    features = ",".join(
        f'{{"properties":{{"kind":"{kind}"}},'
        f'"geometry":{{"type":"Polygon","coordinates":{ring}}}}}'
        for kind in ("park", "private")
    )
    (tmp_path / "areas.geojson").write_text(f'{{"features":[{features}]}}')
    city = essen().model_copy(update={"gazetteer": Gazetteer(tmp_path)})
    city.__dict__.pop("_area_map", None)

    assert city.areas_at(51.5, 7.5) == {"park", "private"}


def test_a_pack_without_areas_knows_none():
    assert Gazetteer(None).areas == ()
