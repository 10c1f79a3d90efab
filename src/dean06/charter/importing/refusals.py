"""Files that cannot be imported: one sentence each, with the place and what to do."""

from __future__ import annotations

from dean06.clock.errors import BadInput


class NotImportable(BadInput):
    """The file cannot be read as a regulation; nothing was written."""

    def __init__(self, file: str, why: tuple[str, str]) -> None:
        super().__init__(f"{file}: {why[0]}", f"{file}: {why[1]}")


MISSING = ("không có tệp này: kiểm tra lại đường dẫn.", "there is no such file: check the path.")
EMPTY = ("tệp rỗng: chọn lại tệp quy chế.", "the file is empty: choose the regulation's file again.")
OLD_WORD = (
    "đây là tệp .doc đời cũ, hoặc tệp Word đặt mật khẩu: mở bằng Word hay LibreOffice, lưu thành .docx không mật khẩu.",
    "this is an old .doc, or a Word file with a password: open it in Word or LibreOffice, save a .docx without one.",
)
RICH_TEXT = (
    "đây là tệp .rtf: mở bằng Word hay LibreOffice và lưu lại thành .docx.",
    "this is an .rtf file: open it in Word or LibreOffice and save it as .docx.",
)
PICTURE = (
    "đây là ảnh, không phải văn bản: dùng bản .docx hoặc .pdf có chữ, hoặc nhận dạng chữ trước.",
    "this is a picture: use the .docx or a .pdf with text, or have the text recognised first.",
)
BROKEN_ZIP = (
    "tệp .docx bị hỏng hoặc không phải văn bản Word: mở lại bằng Word hay LibreOffice và lưu thành tệp mới.",
    "the .docx is damaged or is no Word document: open it in Word or LibreOffice and save it as a new file.",
)
BROKEN_PDF = (
    "tệp .pdf bị hỏng: tải lại, hoặc dùng bản .docx.",
    "the .pdf is damaged: fetch it again, or use the .docx.",
)
LOCKED_PDF = (
    "tệp .pdf đặt mật khẩu: gỡ mật khẩu rồi nhập lại.",
    "the .pdf has a password: remove it and import again.",
)
SCANNED_PDF = (
    "các trang .pdf là ảnh quét, không có chữ: dùng bản .docx, hoặc nhận dạng chữ (OCR) trước khi nhập.",
    "the .pdf holds scanned pictures and no text: use the .docx, or recognise the text (OCR) first.",
)
NOT_TEXT = (
    "không đọc được như văn bản: dùng .docx, .pdf có chữ, hoặc .txt mã UTF-8.",
    "it cannot be read as text: use .docx, a .pdf with text, or .txt in UTF-8.",
)
NO_ARTICLES = (
    "không thấy «Điều …» nào ở đầu dòng: tệp này không phải quy chế, hoặc chữ đã mất khi chuyển đổi.",
    "no line begins with «Điều …»: this is no regulation, or its letters were lost in a conversion.",
)


def too_large(megabytes: float, limit: int) -> tuple[str, str]:
    """Say that a file is over the limit."""
    return (
        f"tệp nặng {megabytes:.0f} MB, quá {limit} MB: bỏ ảnh và phụ lục, chỉ giữ văn bản quy chế.",
        f"the file has {megabytes:.0f} MB, over {limit} MB: leave out pictures and appendices, keep the text.",
    )


def too_long(characters: int, limit: int) -> tuple[str, str]:
    """Say that a text is too long to be one regulation."""
    return (
        f"văn bản dài {characters} ký tự, quá {limit}: tách riêng phần quy chế.",
        f"the text has {characters} characters, over {limit}: take out the regulation's part.",
    )


def too_many_pages(pages: int, limit: int) -> tuple[str, str]:
    """Say that a PDF has too many pages to be one regulation."""
    return (
        f"tệp .pdf có {pages} trang, quá {limit} trang: tách riêng phần quy chế.",
        f"the .pdf has {pages} pages, over {limit}: take out the regulation's part.",
    )


def article_twice(label: str, first: str, again: str) -> tuple[str, str]:
    """Say that two articles carry one number."""
    return (
        f"{again}: Điều {label} đã có ở {first}, không thể có hai điều cùng số: sửa số điều trong tệp rồi nhập lại.",
        f"{english(again)}: Article {label} stands at {english(first)} already: correct its number in the file.",
    )


def english(place: str) -> str:
    """Name a place in a file in English."""
    return place.replace("dòng ", "line ").replace("trang ", "page ").replace("đoạn ", "paragraph ")


def folder_taken(folder: str) -> tuple[str, str]:
    """Say that a draft would overwrite something."""
    return (
        f"đã có «{folder}»: chọn một thư mục chưa có, bản nháp không ghi đè.",
        f"{folder!r} exists: choose a folder that does not; a draft never overwrites.",
    )
