"""What can go wrong with the switch, as sentences for the person who can put it right."""

from switchroom.domain.refusals import Refusal


class SwitchTrouble(Refusal):
    """Something about the switch needs a person."""

    code = "switch.trouble"
    status = 503
    en = "The switch has a trouble: {what}."
    ru = "Неполадка коммутатора: {what}."


# ---- fetching


class FetchTrouble(SwitchTrouble):
    """Packages could not be fetched."""

    code = "switch.fetch"
    en = "The packages could not be fetched: {why}"
    ru = "Не удалось получить пакеты: {why}"


class ToolMissing(FetchTrouble):
    """The machine lacks a tool that Debian machines have."""

    code = "switch.fetch_tool_missing"
    en = ("The program {tool} is not on this machine, so Asterisk can't be fetched. Use a Debian machine, "
          "or name an Asterisk that is already running.")
    ru = ("На этой машине нет программы {tool}, поэтому получить Asterisk нельзя. Возьмите машину с Debian "
          "или укажите уже работающий Asterisk.")


class MachineUnsupported(FetchTrouble):
    """No packages for this processor."""

    code = "switch.fetch_machine"
    en = "Asterisk is fetched for amd64 and arm64 only; this machine is {arch}. Name an Asterisk that already runs."
    ru = "Asterisk можно получить только для amd64 и arm64, а эта машина — {arch}. Укажите уже работающий Asterisk."


class NoDebianSource(FetchTrouble):
    """The machine's apt sources name no Debian mirror."""

    code = "switch.fetch_no_source"
    en = "The package sources of this machine name no Debian mirror. Add one, or name an Asterisk that already runs."
    ru = ("В источниках пакетов этой машины нет зеркала Debian. Добавьте его или укажите "
          "уже работающий Asterisk.")


class KeyringMissing(FetchTrouble):
    """Packages could not be verified."""

    code = "switch.fetch_keyring"
    en = "This machine lacks the keys of Debian (package debian-archive-keyring), so nothing fetched could be trusted."
    ru = ("На этой машине нет ключей Debian (пакет debian-archive-keyring), "
          "поэтому доверять полученному было бы нельзя.")


class MirrorUnreachable(FetchTrouble):
    """The mirror does not answer."""

    code = "switch.fetch_network"
    en = "The Debian mirror can't be reached. Check the network and the proxy, then start again: {why}"
    ru = "Зеркало Debian недоступно. Проверьте сеть и прокси и запустите ещё раз: {why}"


class SignatureBad(FetchTrouble):
    """What the mirror gave is not signed by Debian."""

    code = "switch.fetch_signature"
    en = "The mirror's files are not signed by Debian; nothing was taken. {why}"
    ru = "Файлы зеркала не подписаны Debian; ничего не взято. {why}"


class DiskFull(FetchTrouble):
    """Not enough room."""

    code = "switch.fetch_disk"
    en = "There is not enough room in {folder}: {needed} MB are needed, {free} MB are free."
    ru = "В {folder} мало места: нужно {needed} МБ, свободно {free} МБ."


class FolderNotWritable(FetchTrouble):
    """We may not write there."""

    code = "switch.fetch_folder"
    en = "{folder} can't be written to: {why}."
    ru = "В {folder} нельзя писать: {why}."


# ---- versions and the process


class VersionTooOld(SwitchTrouble):
    """An Asterisk that lacks what we need, or has a known hole."""

    code = "switch.version"
    en = "This Asterisk is {found}; {needed} or newer of the same line is needed."
    ru = "Этот Asterisk — версии {found}; нужна {needed} или новее той же линии."


class InstanceHeld(SwitchTrouble):
    """Another program of ours supervises this instance."""

    code = "switch.instance_held"
    en = "Another Switchroom (process {pid}) already looks after the switch in {folder}. Stop it or use another folder."
    ru = ("За коммутатором в {folder} уже следит другой Switchroom (процесс {pid}). "
          "Остановите его или возьмите другую папку.")


class PortTaken(SwitchTrouble):
    """A port that was asked for by name is in use."""

    code = "switch.port"
    en = "Port {port} for {purpose} is in use by another program. Free it, or choose another port."
    ru = "Порт {port} ({purpose}) занят другой программой. Освободите его или выберите другой."


class NotStarted(SwitchTrouble):
    """Asterisk ended. `said`: its own last words."""

    code = "switch.not_started"
    en = "Asterisk ended as soon as it was started. Its last words: {said}"
    ru = "Asterisk завершился сразу после запуска. Его последние слова: {said}"


class SilentAtStart(NotStarted):
    """Asterisk did not answer in time."""

    code = "switch.silent_at_start"
    en = "Asterisk was started and did not answer in {seconds} s. Its last words: {said}"
    ru = "Asterisk запущен, но за {seconds} с не ответил. Его последние слова: {said}"


class NotReachable(SwitchTrouble):
    """A named Asterisk does not answer."""

    code = "switch.unreachable"
    en = "Nobody answers at {url}. Check that the Asterisk you named runs, and its address."
    ru = "По адресу {url} никто не отвечает. Проверьте, запущен ли указанный Asterisk и верен ли адрес."


class PasswordRefused(NotReachable):
    """It knows nobody of that name and password."""

    code = "switch.password"
    en = "The Asterisk at {url} does not accept the name and password. Compare them with its ari.conf."
    ru = "Asterisk по адресу {url} не принимает имя и пароль. Сверьте их с его ari.conf."


class AnswersOddly(NotReachable):
    """Something is there, but no Asterisk that we could use."""

    code = "switch.answers_oddly"
    en = "What answers at {url} is no Asterisk that can be used: {said}"
    ru = "По адресу {url} отвечает не тот Asterisk, которым можно пользоваться: {said}"


# ---- the description


class DescriptionRefused(SwitchTrouble):
    """A value that must not be written into the switch's configuration."""

    code = "switch.description"
    status = 422
    en = "The switch can't use this: {what}: {why}."
    ru = "Коммутатор не может это использовать: {what}: {why}."
