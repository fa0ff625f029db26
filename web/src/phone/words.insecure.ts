import { defineWords } from '~/kit/words'

export const { useWords } = defineWords('insecure', {
  en: {
    insecure: 'A microphone needs a secure address: https, or this computer itself (127.0.0.1, localhost). Now the page was opened as {address}.',
    insecure_do: 'What to do: the administrator starts Switchroom with --https, each computer trusts its certificate once; then open the https address. Until then take calls at a desk phone.',
    insecure_authority: 'The certificate to trust',
  },
  ru: {
    insecure: 'Микрофон доступен только по защищённому адресу: https или сам этот компьютер (127.0.0.1, localhost). Сейчас страница открыта как {address}.',
    insecure_do: 'Что сделать: администратор запускает Switchroom с ключом --https, каждый компьютер один раз принимает сертификат, затем откройте адрес с https. Пока берите трубку на настольном телефоне.',
    insecure_authority: 'Сертификат, который нужно принять',
  },
})
