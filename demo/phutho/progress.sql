-- Published: what the province reported of its progress, as CSV.

COPY phutho.published_progress FROM stdin (FORMAT csv, HEADER);
as_of,measure,value,source
2013,communes in programme,247,https://phutho.gov.vn/vi/ket-qua-thuc-hien-cac-tieu-chi-xay-dung-nong-thon-moi-tren-dia-ban-tinh
2013-12,communes recognised (in the year),2,http://snnphutho.vn/Home/Nong-thon-moi/2018/1105/Tong-hop-ket-qua-xa-dat-chuan-Nong-thon-moi.aspx
2014-12,communes recognised (in the year),8,http://snnphutho.vn/Home/Nong-thon-moi/2018/1105/Tong-hop-ket-qua-xa-dat-chuan-Nong-thon-moi.aspx
2015-12,communes recognised (in the year),9,http://snnphutho.vn/Home/Nong-thon-moi/2018/1105/Tong-hop-ket-qua-xa-dat-chuan-Nong-thon-moi.aspx
2016-12,communes recognised (in the year),21,http://snnphutho.vn/Home/Nong-thon-moi/2018/1105/Tong-hop-ket-qua-xa-dat-chuan-Nong-thon-moi.aspx
2017-12,communes recognised (cumulative),60,http://snnphutho.vn/Home/Nong-thon-moi/2018/1105/Tong-hop-ket-qua-xa-dat-chuan-Nong-thon-moi.aspx
2017-12,khu dân cư recognised (cumulative),4,https://bien19.biz/tin-tuc/phu-tho/phu-tho-cong-nhan-them-4-xa-dat-chuan-nong-thon-moi.html
2017-12,khu dân cư meeting 13/13 criteria,30,https://bien19.biz/tin-tuc/phu-tho/phu-tho-cong-nhan-them-4-xa-dat-chuan-nong-thon-moi.html
2017-12,mean criteria per commune,13.0,https://phutho.gov.vn/vi/ket-qua-thuc-hien-cac-tieu-chi-xay-dung-nong-thon-moi-tren-dia-ban-tinh-phu-tho-den-nam-2018
2018-12,communes recognised (cumulative),80,https://phutho.gov.vn/vi/ket-qua-thuc-hien-cac-tieu-chi-xay-dung-nong-thon-moi-tren-dia-ban-tinh-phu-tho-den-nam-2018
2018-12,khu dân cư recognised (cumulative),113,https://phutho.gov.vn/vi/ket-qua-thuc-hien-cac-tieu-chi-xay-dung-nong-thon-moi-tren-dia-ban-tinh-phu-tho-den-nam-2018
2018-12,mean criteria per commune,13.8,https://phutho.gov.vn/vi/ket-qua-thuc-hien-cac-tieu-chi-xay-dung-nong-thon-moi-tren-dia-ban-tinh-phu-tho-den-nam-2018
2019-12,communes recognised (cumulative),106,http://nongthonmoiphutho.vn/nong-thon-moi/danh-sach-xa-duoc-cong-nhan-dat-chuan-nong-thon-moi-tren-dia-ban-tinh-tinh-den-het-nam-2019-646
2019-12,communes recognised share of 247 (%),42.9,http://nongthonmoiphutho.vn/nong-thon-moi/danh-sach-xa-duoc-cong-nhan-dat-chuan-nong-thon-moi-tren-dia-ban-tinh-tinh-den-het-nam-2019-646
2019-12,khu dân cư recognised (cumulative),246,http://nongthonmoiphutho.vn/nong-thon-moi/danh-sach-xa-duoc-cong-nhan-dat-chuan-nong-thon-moi-tren-dia-ban-tinh-tinh-den-het-nam-2019-646
2019-12,mean criteria per commune,15.2,http://nongthonmoiphutho.vn/nong-thon-moi/danh-sach-xa-duoc-cong-nhan-dat-chuan-nong-thon-moi-tren-dia-ban-tinh-tinh-den-het-nam-2019-646
2019-12,lowest criteria count,8,http://nongthonmoiphutho.vn/nong-thon-moi/danh-sach-xa-duoc-cong-nhan-dat-chuan-nong-thon-moi-tren-dia-ban-tinh-tinh-den-het-nam-2019-646
2024-03,khu dân cư total,2040,https://chuongtrinhmtqg.baodantoc.vn/phu-tho-phan-dau-them-5-xa-dat-chuan-nong-thon-moi-trong-nam-2024-1710217524957.htm
\.
