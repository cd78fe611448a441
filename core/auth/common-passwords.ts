/**
 * Words people reach for first, in Russian, in English and in Russian typed on the wrong layout.
 * A password is compared with them in lower case and without the digits and signs at its end.
 */
const WORDS = `
  password passwort passw0rd p@ssword p@ssw0rd passphrase parol parolparol пароль мойпароль
  паролька ghbdtn gfhjkm vjqgfhjkm gfhjkmgfhjkm привет приветик приветпривет privet privetprivet
  qwerty qwertyu qwertyui qwertyqwerty qwerty123qwerty йцукен йцукенйцукен qweasd qweasdzxc qazwsx
  qazwsxedc qazxsw qazxswedc zaqwsx zaqxsw 1qaz2wsx 1qaz2wsx3edc 1q2w3e 1q2w3e4r 1q2w3e4r5t
  1q2w3e4r5t6y q1w2e3 q1w2e3r4 q1w2e3r4t5 qwe123qwe 123qwe123 123qweasd asd123asd zxc123zxc
  йфяцыч йфяцычувс фыва фывафыва ячсмит asdf asdfasdf asdfjkl zxcvzxcv
  abc123abc abcabc abcd1234abcd a1b2c3 a1b2c3d4 a1s2d3f4 aa123456 a123456 a12345678 q123456
  123456a 1234567a 12345678a 123456789a 123456q 12345qwert 12345678q 1234qwer 123321 123321123
  123123 123123123 12341234 1234512345 123456123456 11223344 1122334455 112233445566 121212 12121212
  131313 13131313 147258 147258369 159357 159753 159951 741852963 789456123 987654321 0987654321
  01234567 012345678 0123456789 10203040 102030405060 100200300 55555555 77777777 88888888 99999999
  admin administrator adminadmin administration root toor rootroot guest default changeme
  changeit letmein letmeinnow welcome welcomehome login loginlogin master access secret secretsecret
  testtest test1234test testing tester demo demodemo sample example user useruser username
  iloveyou ilovegod iloveme lovelove loveyou lovely loveme sweetheart beautiful princess
  любимая любимый любовь люблю ялюблютебя солнышко солнце котенок котёнок зайчик малышка
  kbrkbr k.,jdm k.,k. vfhbyf yfnfif cdtnkfyf gtgtkmcby natasha наташа sveta светлана марина
  marina екатерина ekaterina катюша александр aleksandr alexander саша сашасаша sasha
  сергей sergey cthutq андрей andrey fylhtq дмитрий dmitriy dima дима максим maksim vfrcbv
  никита nikita ybrbnf владимир vladimir иван ivanivan михаил mihail анастасия anastasia
  nastya настя yfcnz юля юлия виктория viktoria victoria кристина kristina елена elena
  россия russia hjccbz москва moscow moskva vjcrdf питер leningrad спартак spartak cgfhnfr
  зенит zenit динамо dinamo цска cska локомотив футбол football хоккей hockey
  superman batman spiderman starwars pokemon pikachu minecraft roblox counterstrike
  dragon monkey shadow sunshine whatever computer internet samsung nokia google yandex
  vkontakte facebook telegram instagram windows microsoft linux ubuntu freedom baseball
  basketball michael jordan jennifer jessica charlie daniel thomas matthew ashley nicole
  trustno mustang harley ferrari mercedes corvette porsche letsgo
  killer hunter ranger soldier matrix phoenix tigger purple orange banana cookie chocolate
  flower summer winter autumn spring january december monday friday лето зима весна осень
  hello hellohello helloworld goodbye blahblah nothing something anything zxcvbn zxcvbnm
`

/** Rows of both layouts and the alphabets: any stretch of one, in either direction, is no password. */
const ROWS = [
  '12345678901234567890',
  'qwertyuiop[]asdfghjkl;zxcvbnm,./',
  'qwertyuiopasdfghjklzxcvbnm',
  'йцукенгшщзхъфывапролджэячсмитьбю.',
  '!@#$%^&*()_+',
  'abcdefghijklmnopqrstuvwxyz',
  'абвгдеёжзийклмнопрстуфхцчшщъыьэюя',
]

/** Longer passwords are not worth guessing even where they repeat themselves. */
const MAX_GUESSED = 15

const words = new Set(WORDS.trim().split(/\s+/))
const stretches = ROWS.flatMap((row) => [row, Array.from(row).toReversed().join('')])

/**
 * Whether a password is among the first that anyone would try.
 *
 * @param context words that belong to the person or the place: user name, mail name, station.
 */
export function isCommonPassword(password: string, context: readonly string[]): boolean {
  const lower = password.toLowerCase()
  const length = Array.from(lower).length
  const stem = lower.replace(/[^\p{L}]+$/u, '')
  if (words.has(lower) || words.has(stem)) return true
  if (length <= MAX_GUESSED && isPattern(lower)) return true
  return context.some((word) => isMostly(lower, word.toLowerCase()))
}

function isPattern(text: string): boolean {
  const bare = text.replace(/[^\p{L}]+$/u, '')
  const runs = bare.length >= 4 ? [text, bare] : [text]
  return (
    /^(.{1,3}?)\1+$/u.test(text) || runs.some((run) => stretches.some((row) => row.includes(run)))
  )
}

/** The word, and beside it fewer than four other characters. */
function isMostly(text: string, word: string): boolean {
  return word.length >= 3 && text.includes(word) && text.replaceAll(word, '').length < 4
}
