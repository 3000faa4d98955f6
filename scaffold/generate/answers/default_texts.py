"""Default texts for questions that were not answered, in every locale."""
# ruff: noqa: RUF001 - Turkish and Russian letters are meant

from collections.abc import Iterable

DEFAULT_TEXTS: dict[str, dict[str, str]] = {
    "short_description": {
        "en": "New tools for your CRM",
        "es": "Nuevas herramientas para tu CRM",
        "pt": "Novas ferramentas para o seu CRM",
        "tr": "CRM’iniz için yeni araçlar",
        "id": "Fitur baru untuk CRM kamu",
        "ru": "Новые инструменты для вашей CRM",
    },
    "description": {
        "en": "Adds its own panels and actions to the pages of your CRM.",
        "es": "Agrega paneles y acciones propios a las páginas de tu CRM.",
        "pt": "Adiciona painéis e ações próprios às páginas do seu CRM.",
        "tr": "CRM’inizin sayfalarına kendi panellerini ve işlemlerini ekler.",
        "id": "Menambahkan panel dan tindakan baru ke halaman CRM kamu.",
        "ru": "Добавляет свои панели и действия на страницы вашей CRM.",
    },
    "greeting": {
        "en": "Greeting",
        "es": "Saludo",
        "pt": "Saudação",
        "tr": "Karşılama metni",
        "id": "Sapaan",
        "ru": "Приветствие",
    },
    "message": {
        "en": "Message",
        "es": "Mensaje",
        "pt": "Mensagem",
        "tr": "Mesaj",
        "id": "Pesan",
        "ru": "Сообщение",
    },
    "send_text": {
        "en": "Send a message",
        "es": "Enviar un mensaje",
        "pt": "Enviar mensagem",
        "tr": "Mesaj gönder",
        "id": "Kirim pesan",
        "ru": "Отправить сообщение",
    },
    "exit_done": {
        "en": "Success",
        "es": "Éxito",
        "pt": "Sucesso",
        "tr": "Başarılı",
        "id": "Sukses",
        "ru": "Успешно",
    },
    "exit_failed": {
        "en": "Failed",
        "es": "Fallo",
        "pt": "Falha",
        "tr": "Başarısız",
        "id": "Gagal",
        "ru": "Ошибка",
    },
    "text": {
        "en": "Text",
        "es": "Texto",
        "pt": "Texto",
        "tr": "Metin",
        "id": "Teks",
        "ru": "Текст",
    },
}
"""Name of a text -> the text by locale."""


def in_locales(name: str, locales: Iterable[str]) -> dict[str, str]:
    """Return the text `name` in each of `locales`; in English for an unknown locale."""
    texts = DEFAULT_TEXTS[name]
    return {locale: texts.get(locale, texts["en"]) for locale in locales}


def from_code(code: str) -> str:
    """Return a readable name: `acme_leads` gives `Acme leads`."""
    words = code.replace("_", " ").strip() or code
    return words[:1].upper() + words[1:]
