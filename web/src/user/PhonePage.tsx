export const PhonePage = () => null
