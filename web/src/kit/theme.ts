import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from '@mantine/core'

/** Ten times the ink: Mantine's primary is ours, and colour is left for states. */
const ink = Array.from({ length: 10 }, () => 'var(--primary)') as unknown as MantineColorsTuple
const red = Array.from({ length: 10 }, () => 'var(--bad)') as unknown as MantineColorsTuple

export const theme = createTheme({
  fontFamily: 'var(--font)',
  fontSizes: { xs: '12px', sm: '13px', md: '13px', lg: '14px', xl: '16px' },
  headings: { fontFamily: 'var(--font)', fontWeight: '600' },
  primaryColor: 'ink',
  colors: { ink, red },
  defaultRadius: 6,
  cursorType: 'pointer',
  components: {
    Button: { defaultProps: { size: 'sm', variant: 'default' } },
    TextInput: { defaultProps: { size: 'sm' } },
    Select: { defaultProps: { size: 'sm', allowDeselect: false } },
    Checkbox: { defaultProps: { iconColor: 'var(--primary-text)' } },
    Radio: { defaultProps: { iconColor: 'var(--primary-text)' } },
    Tooltip: { defaultProps: { openDelay: 300, withArrow: true, color: 'var(--ink)', events: { hover: true, focus: true, touch: true } } },
    Modal: { defaultProps: { centered: true, overlayProps: { backgroundOpacity: 0.35 } } },
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
