"""Who calls, as the lists of contacts know them: kept at hand, for no call waits for the disk to be routed."""

from collections.abc import Iterable, Mapping

from switchroom.domain.contacts import Contact, ContactId

_NOBODY: Mapping[str, Contact] = {}


class KnownContacts:
    """All contacts by their numbers; told of every change once it is on disk."""

    def __init__(self, contacts: Iterable[Contact] = ()) -> None:
        self._by_number: dict[str, dict[str, Contact]] = {}
        self._by_id: dict[ContactId, Contact] = {}
        self.put(contacts)

    def of(self, number: str) -> Mapping[str, Contact]:
        """Whose number it is, by list."""
        return self._by_number.get(number, _NOBODY)

    def put(self, contacts: Iterable[Contact]) -> None:
        """They are so from now on."""
        for one in contacts:
            self._forget(one.id)
            self._by_id[one.id] = one
            for number in one.numbers:
                self._by_number.setdefault(number, {})[one.list] = one

    def remove(self, of: str, key: str | None = None) -> None:
        """One of a list is no more, or all."""
        gone = [one.id for one in self._by_id.values() if one.list == of] if key is None else [ContactId(key)]
        for one in gone:
            self._forget(one)

    def _forget(self, key: ContactId) -> None:
        before = self._by_id.pop(key, None)
        for number in before.numbers if before else ():
            lists = self._by_number.get(number, {})
            if before is not None and lists.get(before.list) is before:
                del lists[before.list]
            if not lists:
                self._by_number.pop(number, None)
