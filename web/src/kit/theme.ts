import { createTheme, type CSSVariablesResolver, defaultVariantColorsResolver, type MantineColorsTuple } from '@mantine/core'
import { say } from './words.kit'

/** Ten times the ink: Mantine's primary is ours, and colour is left for states. */
const ink = Array.from({ length: 10 }, () => 'var(--primary)') as unknown as MantineColorsTuple
const red = Array.from({ length: 10 }, () => 'var(--bad)') as unknown as MantineColorsTuple

/** Mantine's own greys are blue; ours are warm, so that the hues of states are the only ones. */
const gray: MantineColorsTuple = ['#faf9f6', '#efede8', '#e1ded7', '#d5d1c8', '#c8c4ba', '#8c887e', '#6e6a62', '#55524b', '#3a3833', '#1c1b19']
const dark: MantineColorsTuple = ['#edeae3', '#b8b3a8', '#979287', '#78746a', '#4a473f', '#2e2c28', '#24221f', '#1a1917', '#121211', '#0c0c0b']

export const theme = createTheme({
  fontFamily: 'var(--font)',
  fontSizes: { xs: '12px', sm: '13px', md: '13px', lg: '14px', xl: '16px' },
  headings: { fontFamily: 'var(--font)', fontWeight: '600' },
  primaryColor: 'ink',
  colors: { ink, red, gray, dark },
  defaultRadius: 6,
  cursorType: 'pointer',
  // Mantine writes white on whatever is filled, which can't be read on the light ink of the dark scheme.
  variantColorResolver: (asked) => ({ ...defaultVariantColorsResolver(asked), ...(asked.variant === 'filled' && { color: 'var(--primary-text)' }) }),
  components: {
    // What a field means stands below it: fields side by side stay in line.
    InputWrapper: { defaultProps: { inputWrapperOrder: ['label', 'input', 'description', 'error'] } },
    Anchor: { defaultProps: { underline: 'always', c: 'inherit' } },
    Button: { defaultProps: { size: 'sm', variant: 'default' } },
    TextInput: { defaultProps: { size: 'sm' } },
    Select: { defaultProps: { size: 'sm', allowDeselect: false } },
    Checkbox: { defaultProps: { iconColor: 'var(--primary-text)' } },
    Radio: { defaultProps: { iconColor: 'var(--primary-text)' } },
    Tooltip: { defaultProps: { openDelay: 300, withArrow: true, color: 'var(--ink)', events: { hover: true, focus: true, touch: true } } },
    // Not the banner of the page.
    ModalHeader: { defaultProps: { role: 'presentation' } },
    DrawerHeader: { defaultProps: { role: 'presentation' } },
    // Said anew at each showing, in the language of that moment.
    Modal: { defaultProps: () => ({ centered: true, overlayProps: { backgroundOpacity: 0.35 }, closeButtonProps: { 'aria-label': say('close') } }) },
    Drawer: { defaultProps: () => ({ overlayProps: { backgroundOpacity: 0.35 }, closeButtonProps: { 'aria-label': say('close') } }) },
  },
})

const filled = {
  '--mantine-color-ink-filled': 'var(--primary)',
  '--mantine-color-ink-filled-hover': 'color-mix(in srgb, var(--primary) 88%, var(--sheet))',
  '--mantine-primary-color-contrast': 'var(--primary-text)',
  '--mantine-color-default': 'var(--raised)',
  '--mantine-color-default-hover': 'var(--ground)',
  '--mantine-color-default-color': 'var(--ink)',
}
export const variables: CSSVariablesResolver = () => ({ variables: {}, light: filled, dark: filled })
