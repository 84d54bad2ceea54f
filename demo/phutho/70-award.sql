-- The award that the letter wants for recognised areas.  Phú Thọ's own
-- resolution and amounts are not public; clauses and amounts are invented, after
-- what other provinces lay down.

SELECT publish_award_policy($${
    "code": "PT-KDC-AWARD-DEMO",
    "title": "Thưởng khu dân cư được công nhận đạt chuẩn nông thôn mới (minh họa)",
    "nodes": [
        {"code": "1", "title": "Công nhận trong năm",
         "measure": "newly_recognised", "rule": "met", "cite": "khoản 1", "source": "illustrative"},
        {"code": "2", "title": "Công nhận lần đầu",
         "measure": "first_time", "rule": "met", "cite": "khoản 2", "source": "illustrative"},
        {"code": "3", "title": "Xã chưa đạt chuẩn",
         "measure": "parent_recognised", "rule": "not met", "cite": "khoản 3", "source": "illustrative"}
    ]}$$,
    level => 'area',
    resolution => 'Nghị quyết minh họa',
    amount => 30000000,
    class_amounts => '{"DBKK": 50000000}',
    valid_from => '2019-01-01',
    jurisdiction_id => province.id,
    status => 'illustrative') AS award_policy
  FROM unit AS province
 WHERE province.level = 'province' \gset
