<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<!-- The words of Qt itself, for which it brings no Vietnamese; after a change: pyside6-lrelease qt.ts -->
<TS version="2.1" language="vi_VN" sourcelanguage="en">
<context><name>QFileDialog</name>
  <message><source>&amp;Look in:</source><translation>&amp;Tìm trong:</translation></message>
  <message><source>Back</source><translation>Lùi</translation></message>
  <message><source>Go back</source><translation>Về nơi vừa xem</translation></message>
  <message><source>Alt+Left</source><translation>Alt+Left</translation></message>
  <message><source>Forward</source><translation>Tiến</translation></message>
  <message><source>Go forward</source><translation>Đến nơi xem sau đó</translation></message>
  <message><source>Alt+Right</source><translation>Alt+Right</translation></message>
  <message><source>Parent Directory</source><translation>Thư mục chứa</translation></message>
  <message><source>Go to the parent directory</source><translation>Lên thư mục chứa thư mục này</translation></message>
  <message><source>Alt+Up</source><translation>Alt+Up</translation></message>
  <message><source>Create New Folder</source><translation>Tạo thư mục</translation></message>
  <message><source>Create a New Folder</source><translation>Tạo thư mục mới</translation></message>
  <message><source>List View</source><translation>Danh sách</translation></message>
  <message><source>Change to list view mode</source><translation>Xem theo danh sách</translation></message>
  <message><source>Detail View</source><translation>Chi tiết</translation></message>
  <message><source>Change to detail view mode</source><translation>Xem chi tiết</translation></message>
  <message><source>Sidebar</source><translation>Các nơi</translation></message>
  <message><source>List of places and bookmarks</source><translation>Các nơi thường dùng</translation></message>
  <message><source>Files</source><translation>Tệp</translation></message>
  <message><source>Files of &amp;type:</source><translation>&amp;Loại tệp:</translation></message>
  <message><source>File &amp;name:</source><translation>Tê&amp;n tệp:</translation></message>
  <message><source>&amp;Open</source><translation>&amp;Mở</translation></message>
  <message><source>&amp;Save</source><translation>&amp;Lưu</translation></message>
  <message><source>&amp;Choose</source><translation>&amp;Chọn</translation></message>
  <message><source>&amp;Rename</source><translation>Đổ&amp;i tên</translation></message>
  <message><source>&amp;Delete</source><translation>&amp;Xóa</translation></message>
  <message><source>Show &amp;hidden files</source><translation>Hiện tệp ẩ&amp;n</translation></message>
  <message><source>&amp;New Folder</source><translation>Thư mục &amp;mới</translation></message>
  <message><source>Directory:</source><translation>Thư mục:</translation></message>
  <message><source>All Files (*)</source><translation>Mọi tệp (*)</translation></message>
  <message><source>All files (*)</source><translation>Mọi tệp (*)</translation></message>
  <message><source>Show </source><translation>Hiện </translation></message>
  <message><source>Find Directory</source><translation>Tìm thư mục</translation></message>
  <message><source>Open</source><translation>Mở</translation></message>
  <message><source>Save As</source><translation>Lưu thành</translation></message>
  <message><source>Recent Places</source><translation>Nơi vừa dùng</translation></message>
  <message><source>Remove</source><translation>Bỏ</translation></message>
  <message><source>My Computer</source><translation>Máy tính</translation></message>
  <message><source>Drive</source><translation>Ổ đĩa</translation></message>
  <message><source>New Folder</source><translation>Thư mục mới</translation></message>
  <message><source>Delete</source><translation>Xóa</translation></message>
  <message><source>%1
File not found.
Please verify the correct file name was given.</source><translation>%1
Không có tệp này.
Xin xem lại tên tệp.</translation></message>
  <message><source>%1
Directory not found.
Please verify the correct directory name was given.</source><translation>%1
Không có thư mục này.
Xin xem lại tên thư mục.</translation></message>
  <message><source>%1 already exists.
Do you want to replace it?</source><translation>%1 đã có.
Thay tệp cũ?</translation></message>
  <message><source>'%1' is write protected.
Do you want to delete it anyway?</source><translation>'%1' được khóa chống ghi.
Vẫn xóa?</translation></message>
  <message><source>Are you sure you want to delete '%1'?</source><translation>Xóa '%1'?</translation></message>
  <message><source>Could not delete directory.</source><translation>Không xóa được thư mục.</translation></message>
</context>
<context><name>QFileSystemModel</name>
  <message><source>Computer</source><translation>Máy tính</translation></message>
  <message><source>My Computer</source><translation>Máy tính</translation></message>
  <message><source>Name</source><translation>Tên</translation></message>
  <message><source>Size</source><translation>Cỡ</translation></message>
  <message><source>Type</source><comment>All other platforms</comment><translation>Loại</translation></message>
  <message><source>Date Modified</source><translation>Ngày sửa</translation></message>
  <message><source>Invalid filename</source><translation>Tên tệp không hợp lệ</translation></message>
  <message><source>&lt;b&gt;The name "%1" cannot be used.&lt;/b&gt;</source><translation>&lt;b&gt;Không dùng được tên "%1".&lt;/b&gt;</translation></message>
  <message><source>Try using another name, with fewer characters or no punctuation marks.</source><translation>Xin chọn tên khác, ngắn hơn hoặc không có dấu câu.</translation></message>
</context>
<context><name>QAbstractFileIconProvider</name>
  <message><source>Drive</source><translation>Ổ đĩa</translation></message>
  <message><source>Folder</source><comment>All other platforms</comment><translation>Thư mục</translation></message>
  <message><source>File</source><translation>Tệp</translation></message>
  <message><source>%1 File</source><translation>Tệp %1</translation></message>
  <message><source>Shortcut</source><comment>All other platforms</comment><translation>Lối tắt</translation></message>
  <message><source>Alias</source><comment>macOS Finder</comment><translation>Lối tắt</translation></message>
  <message><source>Unknown</source><translation>Không rõ</translation></message>
</context>
<context><name>QPlatformTheme</name>
  <message><source>OK</source><translation>Đồng ý</translation></message>
  <message><source>Cancel</source><translation>Thôi</translation></message>
  <message><source>Open</source><translation>Mở</translation></message>
  <message><source>Save</source><translation>Lưu</translation></message>
  <message><source>Close</source><translation>Đóng</translation></message>
  <message><source>&amp;Yes</source><translation>&amp;Có</translation></message>
  <message><source>&amp;No</source><translation>&amp;Không</translation></message>
</context>
<context><name>QLineEdit</name>
  <message><source>&amp;Undo</source><translation>&amp;Hoàn tác</translation></message>
  <message><source>&amp;Redo</source><translation>&amp;Làm lại</translation></message>
  <message><source>Cu&amp;t</source><translation>Cắ&amp;t</translation></message>
  <message><source>&amp;Copy</source><translation>&amp;Chép</translation></message>
  <message><source>&amp;Paste</source><translation>&amp;Dán</translation></message>
  <message><source>Delete</source><translation>Xóa</translation></message>
  <message><source>Select All</source><translation>Chọn hết</translation></message>
</context>
<context><name>QWidgetTextControl</name>
  <message><source>&amp;Undo</source><translation>&amp;Hoàn tác</translation></message>
  <message><source>&amp;Redo</source><translation>&amp;Làm lại</translation></message>
  <message><source>Cu&amp;t</source><translation>Cắ&amp;t</translation></message>
  <message><source>&amp;Copy</source><translation>&amp;Chép</translation></message>
  <message><source>&amp;Paste</source><translation>&amp;Dán</translation></message>
  <message><source>Delete</source><translation>Xóa</translation></message>
  <message><source>Select All</source><translation>Chọn hết</translation></message>
  <message><source>Copy &amp;Link Location</source><translation>Chép địa chỉ &amp;liên kết</translation></message>
</context>
</TS>
