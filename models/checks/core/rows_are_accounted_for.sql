-- 每个文件：收到的行＝装入＋拒收＋被取代 / every file: rows in = loaded + rejected + superseded
select * from core.file_account where rows_in <> rows_loaded + rows_rejected + rows_superseded;
