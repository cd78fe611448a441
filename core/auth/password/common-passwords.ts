import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { otherLayout } from '../../search/words.ts'

/**
 * Words people reach for first, in Russian and in English, which the list in the file beside does not
 * have or has only with something at their end. A password is compared with them in lower case and
 * without the digits and signs at its end, as it is typed and as the other keyboard would write it.
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
  пароль парольпароль пароли секрет секретик секретно доступ админ администратор пользователь
  компьютер интернет клавиатура телефон одноклассники вконтакте контакт почта яндекс
  любимый любимая любимка люблютебя любовьмоя моялюбовь ялюблю твоя родная родной
  солнышко солнце солнечный звезда звездочка звёздочка ангел ангелочек зайка зайчонок зайчик
  котик котенок котёнок котейка кошка кошечка собака собачка мышка мышонок медведь медвежонок тигр
  тигренок тигрёнок волк волчонок лисичка лисенок рыбка пчелка пчёлка бабочка дельфин дракон
  малыш малышка малышок девочка мальчик принцесса принц королева король красавица красотка
  мама мамочка мамуля папа папочка бабушка дедушка сестра братик дочка доченька сынок сыночек семья
  наталья наташка татьяна танюша танечка оленька ольга ирина ирочка иришка светлана светочка
  екатерина катерина катюша катенька анастасия настенька настюша мария машенька маришка марина
  людмила галина надежда вероника виктория викуся валерия валентина валентин кристина ксения
  евгения евгений евгеша юлечка юленька анечка аленка алёнка алина алиночка дарья дашенька полина
  елена леночка ленусик елизавета лизочка диана карина эльвира снежана ангелина маргарита
  александр александра сашенька сашка алексей алешка лёшка андрей андрюша антон артем артём артур
  борис вадим василий виталий виталик владимир вовочка владислав вячеслав славик григорий
  геннадий даниил данила денис дениска дмитрий димочка димка игорь игорек кирилл константин
  максим максимка михаил мишенька мишка николай коленька олег олежка павел пашка роман ромашка
  руслан сергей сережа серёжа станислав степан тимофей тимур федор фёдор юрий ярослав
  россия россиявперед родина москва питер петербург новосибирск екатеринбург казань самара
  челябинск красноярск воронеж волгоград саратов краснодар владивосток украина беларусь
  спартак спартакчемпион динамо локомотив зенит зенитчемпион цскамосква футбол хоккей баскетбол
  весна зима лето осень январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь
  декабрь понедельник вторник среда четверг пятница суббота воскресенье
  привет приветик здравствуй здравствуйте счастье счастливая счастливый удача свобода надежда
  жизнь жизньпрекрасна музыка гитара танцы школа студент универ работа деньги доллар
  самолет самолёт машина мерседес ромашка клубника шоколад конфетка апельсин банан вишенка виноград
  черныйкот бегемот крокодил черепаха попугай слоненок слонёнок пингвин хомячок
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

/** One in each line; see `scripts/common-passwords.ts`. Read when the first password is chosen. */
const FILE = join(import.meta.dirname, 'common-passwords.txt')
let listed: string | undefined

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
  if (typedAs(lower).some((text) => words.has(text) || isListed(text))) return true
  if (length <= MAX_GUESSED && isPattern(lower)) return true
  return context.some((word) => isMostly(lower, word.toLowerCase()))
}

/** Without what is put at the end to please a form; and what a Russian keyboard would have written. */
function typedAs(text: string): string[] {
  const stem = text.replace(/[^\p{L}]+$/u, '')
  /* Seven Russian letters are signs on the other layout, so only digits are no part of the word. */
  return [text, stem, otherLayout(text), otherLayout(text.replace(/\d+$/u, ''))]
}

/* One string instead of eighteen thousand: it is looked through in less time than a hash takes. */
function isListed(text: string): boolean {
  if (text === '' || text.includes('\n')) return false
  listed ??= readFileSync(FILE, 'utf8')
  return listed.includes(`\n${text}\n`)
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
