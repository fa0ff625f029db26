"""What the audit tells of: everything that somebody changes or looks at, each by its name."""

from enum import StrEnum

from switchroom.domain.titles import Title


class Deed(StrEnum):
    """What was done."""

    MADE = "made"
    CHANGED = "changed"
    REMOVED = "removed"
    PASSWORD_SET = "password set"
    OWN_PASSWORD_SET = "own password set"
    SIGNED_IN = "signed in"
    SIGN_IN_REFUSED = "sign-in refused"
    TOKEN_MADE = "token made"
    TOKEN_REVOKED = "token revoked"
    LINK_MADE = "provisioning link made"
    LINK_USED = "provisioning link used"
    RECORDING_HEARD = "recording heard"
    RECORDING_EXPORTED = "recording exported"
    RECORDING_ERASED = "recording erased"
    MESSAGE_HEARD = "message heard"
    MESSAGE_DELETED = "message deleted"
    MESSAGE_TAKEN_BACK = "message taken back"
    WAVE_FORM_SEEN = "wave form looked at"
    LISTENED = "listened to"
    RECORD_ERASED = "record erased"
    CONTACTS_IMPORTED = "contacts imported"
    CONTACTS_ERASED = "contacts erased"
    MODE_THROWN = "thrown"
    CALLS_STOPPED = "calls stopped"
    CALLS_ALLOWED = "calls allowed"
    ADDRESS_LOCKED = "address locked"
    ADDRESS_RELEASED = "address released"
    ENGINE_KILLED = "engine killed"


DEEDS: dict[Deed, Title] = {
    Deed.MADE: Title("Made", "Создано"),
    Deed.CHANGED: Title("Changed", "Изменено"),
    Deed.REMOVED: Title("Deleted", "Удалено"),
    Deed.PASSWORD_SET: Title("New password", "Новый пароль"),
    Deed.OWN_PASSWORD_SET: Title("Own password changed", "Сменил свой пароль"),
    Deed.SIGNED_IN: Title("Signed in", "Вход"),
    Deed.SIGN_IN_REFUSED: Title("Sign-in refused", "Во входе отказано"),
    Deed.TOKEN_MADE: Title("Token made", "Создан токен"),
    Deed.TOKEN_REVOKED: Title("Token revoked", "Отозван токен"),
    Deed.LINK_MADE: Title("Link for a phone made", "Создана ссылка для телефона"),
    Deed.LINK_USED: Title("A phone fetched its settings", "Телефон забрал свои настройки"),
    Deed.RECORDING_HEARD: Title("Recording listened to", "Прослушана запись"),
    Deed.RECORDING_EXPORTED: Title("Recording exported", "Выгружена запись"),
    Deed.RECORDING_ERASED: Title("Recording erased", "Стёрта запись"),
    Deed.MESSAGE_HEARD: Title("Message listened to", "Прослушано сообщение"),
    Deed.MESSAGE_DELETED: Title("Message deleted", "Удалено сообщение"),
    Deed.MESSAGE_TAKEN_BACK: Title("Message taken back", "Сообщение возвращено"),
    Deed.WAVE_FORM_SEEN: Title("Wave form looked at", "Просмотрена форма звука"),
    Deed.LISTENED: Title("Listened to the talk", "Слушал разговор"),
    Deed.RECORD_ERASED: Title("Card record erased", "Стёрта запись карточки"),
    Deed.CONTACTS_IMPORTED: Title("Contacts imported", "Загружены контакты"),
    Deed.CONTACTS_ERASED: Title("All contacts erased", "Стёрты все контакты"),
    Deed.MODE_THROWN: Title("Switched", "Переключено"),
    Deed.CALLS_STOPPED: Title("Calls outside stopped", "Внешние звонки остановлены"),
    Deed.CALLS_ALLOWED: Title("Calls outside allowed again", "Внешние звонки снова разрешены"),
    Deed.ADDRESS_LOCKED: Title("Address locked out", "Адрес заблокирован"),
    Deed.ADDRESS_RELEASED: Title("Address let in again", "Адрес разблокирован"),
    Deed.ENGINE_KILLED: Title("Engine killed", "Сервер аварийно остановлен"),
}
