"""The whole house on PostgreSQL: the same tests as on SQLite, from the doors down."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest
import pytest_asyncio

from tests.api.conftest import Doors, open_doors
from tests.api.test_customers import (
    test_whoever_serves_a_customer_sees_earlier_calls_with_their_cards_and_only_while_they_serve,
)
from tests.api.test_live import (
    test_a_missed_call_takes_out_of_ready_until_the_operator_comes_back,
    test_a_new_setup_holds_at_once_and_a_running_call_keeps_its_scenario,
    test_every_field_is_kept_while_it_is_typed_and_the_card_is_closed_only_when_whole,
    test_history_is_found_by_a_part_of_the_number_and_paged,
    test_numbers_are_masked_and_foreign_calls_hidden_by_right,
)
from tests.api.test_recording_rules import (
    test_a_talk_is_kept_as_its_rule_says_and_the_story_tells_which,
    test_recordings_are_taken_out_in_bulk_with_an_index_and_each_is_noted,
    test_the_box_tells_whether_a_talk_would_be_recorded_and_why,
)
from tests.api.test_recordings import (
    test_a_player_can_ask_for_any_part,
    test_a_recording_goes_when_its_time_is_over_and_the_others_stay,
    test_each_listening_stands_in_the_audit_whichever_part_it_begins_with,
)
from tests.api.test_traces import (
    test_a_call_and_its_card_are_copied_as_tests_with_made_up_people,
    test_events_go_when_their_time_is_over_and_the_facts_stay,
)
from tests.storage.conftest import emptied_postgres, postgres_url

pytestmark = pytest.mark.postgres
__all__ = [
    "emptied_postgres",
    "postgres_url",
    "test_a_call_and_its_card_are_copied_as_tests_with_made_up_people",
    "test_a_missed_call_takes_out_of_ready_until_the_operator_comes_back",
    "test_a_new_setup_holds_at_once_and_a_running_call_keeps_its_scenario",
    "test_a_player_can_ask_for_any_part",
    "test_a_recording_goes_when_its_time_is_over_and_the_others_stay",
    "test_a_talk_is_kept_as_its_rule_says_and_the_story_tells_which",
    "test_each_listening_stands_in_the_audit_whichever_part_it_begins_with",
    "test_events_go_when_their_time_is_over_and_the_facts_stay",
    "test_every_field_is_kept_while_it_is_typed_and_the_card_is_closed_only_when_whole",
    "test_history_is_found_by_a_part_of_the_number_and_paged",
    "test_numbers_are_masked_and_foreign_calls_hidden_by_right",
    "test_recordings_are_taken_out_in_bulk_with_an_index_and_each_is_noted",
    "test_the_box_tells_whether_a_talk_would_be_recorded_and_why",
    "test_whoever_serves_a_customer_sees_earlier_calls_with_their_cards_and_only_while_they_serve",
]


@pytest_asyncio.fixture
async def doors(tmp_path: Path, emptied_postgres: str) -> AsyncIterator[Doors]:
    """The made-up company on PostgreSQL."""
    async with AsyncExitStack() as stack:
        yield await open_doors(tmp_path, stack, database=emptied_postgres)
