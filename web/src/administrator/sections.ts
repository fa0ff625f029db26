import {
  IconAddressBook, IconBuilding, IconCalendar, IconCompass, IconDeviceLandlinePhone, IconDisc, IconFolder, IconHash, IconHistory, IconKey,
  IconList, IconListDetails, IconMoon, IconReceipt, IconShieldLock, IconMicrophone2, IconPhoneCheck, IconPhoneIncoming, IconPhoneOutgoing, IconPlug, IconShield, IconSitemap, IconSpeakerphone, IconUsers, IconUsersGroup, IconUsersPlus, IconUserSearch, type TablerIcon, IconMap2,
} from '@tabler/icons-react'
import { type ComponentType, lazy, type LazyExoticComponent } from 'react'
import type { Word } from './words'

/** One section of the set-up: where it is, what it is called, and its page. */
export interface SetUpSection {
  path: string
  word: Word
  icon: TablerIcon
  Page: LazyExoticComponent<ComponentType>
}
export interface SectionGroup {
  /** null: stands alone. */
  word: Word | null
  sections: readonly SetUpSection[]
}

const section = (path: string, word: Word, icon: TablerIcon, load: () => Promise<ComponentType>): SetUpSection =>
  ({ path, word, icon, Page: lazy(async () => ({ default: await load() })) })

/** In the order of the list on the left. */
export const GROUPS: readonly SectionGroup[] = [
  { word: null, sections: [
    section('guide', 'guide', IconCompass, async () => (await import('./guide/Guide')).Guide),
    section('company', 'company', IconBuilding, async () => (await import('./company/Company')).Company),
  ] },
  { word: 'people', sections: [
    section('users', 'users', IconUsers, async () => (await import('./users/Users')).Users),
    section('devices', 'devices', IconDeviceLandlinePhone, async () => (await import('./devices/Devices')).Devices),
    section('groups', 'groups', IconUsersGroup, async () => (await import('./groups/Groups')).Groups),
    section('rooms', 'rooms', IconUsersPlus, async () => (await import('./rooms/Rooms')).Rooms),
    section('pagings', 'pagings', IconSpeakerphone, async () => (await import('./pagings/Pagings')).Pagings),
    section('roles', 'roles', IconShield, async () => (await import('./roles/Roles')).Roles),
  ] },
  { word: 'lines', sections: [
    section('number-map', 'number_map', IconMap2, async () => (await import('./numbermap/NumberMap')).NumberMap),
    section('trunks', 'trunks', IconPlug, async () => (await import('./trunks/Trunks')).Trunks),
    section('routes', 'routes', IconPhoneIncoming, async () => (await import('./routes/Routes')).Routes),
    section('caller-lists', 'caller_lists', IconList, async () => (await import('./callers/CallerLists')).CallerLists),
    section('contact-lists', 'contact_lists', IconUserSearch, async () => (await import('./contacts/ContactLists')).ContactLists),
    section('outbound-routes', 'outbound', IconPhoneOutgoing, async () => (await import('./outbound/OutboundRoutes')).OutboundRoutes),
    section('service-classes', 'classes', IconPhoneCheck, async () => (await import('./classes/ServiceClasses')).ServiceClasses),
    section('tariffs', 'tariffs', IconReceipt, async () => (await import('./tariffs/Tariffs')).Tariffs),
    section('extensions', 'extensions', IconHash, async () => (await import('./extensions/Extensions')).Extensions),
  ] },
  { word: 'call_centre', sections: [
    section('queues', 'queues', IconListDetails, async () => (await import('./queues/Queues')).Queues),
    section('cards', 'cards', IconAddressBook, async () => (await import('./cards/Cards')).Cards),
    section('scenarios', 'scenarios', IconSitemap, async () => (await import('./scenarios/Scenarios')).Scenarios),
    section('projects', 'projects', IconFolder, async () => (await import('./projects/Projects')).Projects),
  ] },
  { word: 'sounds_and_time', sections: [
    section('prompts', 'prompts', IconMicrophone2, async () => (await import('./prompts/Prompts')).Prompts),
    section('modes', 'modes', IconMoon, async () => (await import('./modes/Modes')).Modes),
    section('recording-rules', 'recording_rules', IconDisc, async () => (await import('./recording/RecordingRules')).RecordingRules),
    section('calendars', 'calendars', IconCalendar, async () => (await import('./calendars/Calendars')).Calendars),
  ] },
  { word: 'security', sections: [
    section('protection', 'protection', IconShieldLock, async () => (await import('./protection/Protection')).Protection),
    section('tokens', 'tokens', IconKey, async () => (await import('./tokens/Tokens')).Tokens),
    section('audit', 'audit', IconHistory, async () => (await import('./audit/Audit')).Audit),
  ] },
]

export const SECTIONS: readonly SetUpSection[] = GROUPS.flatMap((group) => group.sections)
