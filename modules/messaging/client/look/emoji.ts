/** An emoji and the words it is found by, in both languages. */
export interface Emoji {
  readonly emoji: string
  readonly words: string
}

export interface EmojiGroup {
  readonly name: string
  readonly items: readonly Emoji[]
}

/** By group: the emoji, then its words, ended by a semicolon. */
const LISTS: Readonly<Record<string, string>> = {
  faces:
    '😀 улыбка радость grin happy;😃 улыбка радость smile happy;😄 смех улыбка laugh smile;' +
    '😁 ухмылка улыбка beam grin;😆 смех хохот laugh squint;' +
    '😅 смех пот неловко sweat relief;😂 слёзы смех joy tears laugh;' +
    '🤣 хохот смех rofl laugh;🙂 улыбка slight smile;' +
    '🙃 вверх-ногами ирония upside-down irony;😉 подмигивание wink;' +
    '😊 улыбка румянец blush smile;😇 ангел нимб angel halo;🥰 любовь сердечки love hearts;' +
    '😍 влюблённость восторг love eyes;🤩 восторг звёзды star-struck wow;😘 поцелуй kiss;' +
    '😋 вкусно yum tasty;😛 язык tongue;😜 язык подмигивание wink tongue crazy;' +
    '🤪 дурашливый zany crazy;🤗 объятия hug;🤭 ой смешок oops giggle;' +
    '🤫 тише секрет shush quiet;🤔 думать хм think hmm;🤨 бровь сомнение eyebrow doubt;' +
    '😐 нейтрально neutral;😑 безразлично expressionless;😶 молчание silent;😏 ухмылка smirk;' +
    '😒 недовольство unamused;🙄 закатить глаза eyeroll;😬 гримаса неловко grimace awkward;' +
    '😌 спокойствие relieved calm;😔 грусть pensive sad;😪 сонный sleepy;😴 сон спать sleep;' +
    '😷 маска болезнь mask ill;🤒 температура болезнь fever ill;🤕 бинт травма hurt bandage;' +
    '🤢 тошнота nausea;🤧 чихать sneeze;🥵 жара жарко hot;🥶 холод мороз cold freeze;' +
    '😵 головокружение dizzy;🤯 взрыв мозга mind blown;🤠 ковбой cowboy;🥳 праздник party;' +
    '😎 круто очки cool sunglasses;🤓 умник очки nerd;🧐 монокль изучать monocle;' +
    '😕 растерянность confused;😟 тревога worried;🙁 грусть frown;😮 удивление wow open;' +
    '😲 изумление astonished;😳 смущение flushed;🥺 умоляю pleading;😨 страх fear;' +
    '😰 страх пот anxious;😢 плач слеза cry tear;😭 рыдание плач sob cry;😱 крик ужас scream;' +
    '😤 злость пар huff;😡 злость гнев rage angry;🤬 ругань swearing;😈 чёрт devil;' +
    '💀 череп смешно skull dead;👻 призрак ghost;🤖 робот robot;😺 кот улыбка cat smile;' +
    '🙈 обезьяна не-вижу monkey see;🙊 обезьяна молчу monkey speak;',
  hands:
    '👍 да хорошо палец yes good thumbs like;👎 нет плохо палец no bad thumbs dislike;' +
    '👌 окей ok;✌️ победа мир victory peace;🤞 удача пальцы luck fingers;🤟 люблю love-you;' +
    '🤘 рок rock;👈 влево left;👉 вправо right;👆 вверх up;👇 вниз down;' +
    '☝️ внимание один one point;✋ стоп ладонь stop hand;👋 привет пока hello wave bye;' +
    '🤝 рукопожатие договор handshake deal;🙏 спасибо пожалуйста thanks please pray;' +
    '👏 аплодисменты браво clap bravo;🙌 ура hooray;💪 сила strong muscle;✍️ пишу write;' +
    '🤷 не-знаю shrug;🤦 фейспалм facepalm;🙋 рука вопрос raise;👀 глаза смотрю eyes look;' +
    '🧠 мозг brain;👶 ребёнок baby;👨‍💻 программист developer coder;' +
    '👩‍💻 программистка developer coder;🧑‍🎨 художник artist;👪 семья family;🏃 бег run;' +
    '🚶 идти walk;🧘 медитация meditate yoga;',
  hearts:
    '❤️ сердце любовь красное heart love red;🧡 сердце оранжевое heart orange;' +
    '💛 сердце жёлтое heart yellow;💚 сердце зелёное heart green;💙 сердце синее heart blue;' +
    '💜 сердце фиолетовое heart purple;🖤 сердце чёрное heart black;' +
    '🤍 сердце белое heart white;💔 разбитое сердце broken heart;💕 сердца hearts;' +
    '💖 сердце блеск sparkling heart;💘 сердце стрела arrow heart;💯 сто hundred;' +
    '💥 взрыв boom;💫 звёзды dizzy stars;🔥 огонь пламя fire hot;✨ блеск искры sparkles;' +
    '⭐ звезда star;🎉 праздник ура party tada;🎊 конфетти confetti;🎁 подарок gift;' +
    '🏆 кубок победа trophy win;🥇 золото первый gold first;💡 идея лампа idea bulb;' +
    '💤 сон sleep;💬 сообщение message speech;💭 мысль thought;❗ внимание exclamation;' +
    '❓ вопрос question;✅ готово да done check yes;❌ нет крест no cross;➕ плюс plus;' +
    '➡️ стрелка вправо arrow right;⬅️ стрелка влево arrow left;🔄 обновить refresh;' +
    '🚫 запрет forbidden;',
  nature:
    '🐶 собака dog;🐱 кот кошка cat;🐭 мышь mouse;🐹 хомяк hamster;🐰 кролик заяц rabbit;' +
    '🦊 лиса fox;🐻 медведь bear;🐼 панда panda;🐨 коала koala;🐯 тигр tiger;🦁 лев lion;' +
    '🐮 корова cow;🐷 свинья pig;🐸 лягушка frog;🐵 обезьяна monkey;🐔 курица chicken;' +
    '🐧 пингвин penguin;🐦 птица bird;🦆 утка duck;🦉 сова owl;🐺 волк wolf;🐴 лошадь horse;' +
    '🦄 единорог unicorn;🐝 пчела bee;🦋 бабочка butterfly;🐌 улитка snail;🐢 черепаха turtle;' +
    '🐍 змея snake;🐙 осьминог octopus;🐟 рыба fish;🐬 дельфин dolphin;🐳 кит whale;' +
    '🌵 кактус cactus;🌲 ель лес tree forest;🌳 дерево tree;🍀 клевер удача clover luck;' +
    '🍁 клён осень maple autumn;🍂 листья осень leaves autumn;' +
    '🌸 цветок сакура blossom flower;🌹 роза rose;🌻 подсолнух sunflower;🌷 тюльпан tulip;' +
    '🍄 гриб mushroom;🌍 земля мир earth world;🌙 луна ночь moon night;☀️ солнце sun;' +
    '⛅ облака cloud;🌧️ дождь rain;⚡ молния lightning;❄️ снег снежинка snow;' +
    '⛄ снеговик snowman;🌈 радуга rainbow;🌊 волна море wave sea;💧 капля вода drop water;',
  food:
    '🍎 яблоко apple;🍐 груша pear;🍊 мандарин апельсин orange;🍋 лимон lemon;🍌 банан banana;' +
    '🍉 арбуз watermelon;🍇 виноград grapes;🍓 клубника strawberry;🫐 черника blueberry;' +
    '🍒 вишня cherry;🍑 персик peach;🥝 киви kiwi;🍅 помидор tomato;🥑 авокадо avocado;' +
    '🥒 огурец cucumber;🥕 морковь carrot;🌽 кукуруза corn;🥔 картофель potato;🍞 хлеб bread;' +
    '🥐 круассан croissant;🧀 сыр cheese;🥚 яйцо egg;🥞 блины pancakes;🍔 бургер burger;' +
    '🍟 картошка-фри fries;🍕 пицца pizza;🥗 салат salad;🍲 суп soup stew;🍜 лапша noodles;' +
    '🍣 суши sushi;🥟 пельмени dumpling;🍦 мороженое ice-cream;🍩 пончик donut;' +
    '🍪 печенье cookie;🎂 торт день-рождения cake birthday;🍫 шоколад chocolate;🍯 мёд honey;' +
    '☕ кофе чай coffee tea;🍵 чай tea;🍺 пиво beer;🍷 вино wine;🥂 бокалы тост toast cheers;' +
    '🧊 лёд ice;',
  things:
    '⚽ футбол мяч football soccer;🏀 баскетбол basketball;🏐 волейбол volleyball;' +
    '🎾 теннис tennis;🎮 игра game;🎲 кубик dice;♟️ шахматы chess;🎯 цель target;' +
    '🎸 гитара guitar;🎹 пианино piano;🎵 музыка нота music note;🎧 наушники headphones;' +
    '🎬 кино film;🎨 искусство краски art paint;📷 фото камера camera photo;' +
    '🎥 видео камера video;📚 книги books;📖 книга читать book read;✏️ карандаш pencil;' +
    '📝 заметка note memo;📌 булавка pin;📎 скрепка paperclip;✂️ ножницы scissors;' +
    '📅 календарь calendar;⏰ будильник время alarm time;⌛ песочные-часы hourglass;' +
    '📱 телефон phone;💻 ноутбук компьютер laptop computer;⌨️ клавиатура keyboard;' +
    '🖨️ принтер printer;🔋 батарея battery;🔌 вилка plug;🔑 ключ key;🔒 замок lock;' +
    '🔨 молоток hammer;🔧 гаечный-ключ wrench;⚙️ шестерня настройки gear settings;' +
    '🧪 пробирка наука test science;🔬 микроскоп microscope;💊 лекарство pill;' +
    '💰 деньги money;💳 карта card;✉️ письмо mail letter;📦 посылка коробка package box;' +
    '🏠 дом home house;🏢 офис office;🏥 больница hospital;🏫 школа school;🚗 машина car;' +
    '🚕 такси taxi;🚌 автобус bus;🚲 велосипед bicycle;🚂 поезд train;✈️ самолёт plane;' +
    '🚀 ракета rocket;⛵ лодка парус boat sail;⚓ якорь anchor;🏔️ гора mountain;' +
    '🏖️ пляж beach;🏕️ палатка camp tent;🗺️ карта map;🧭 компас compass;' +
    '🛒 покупки cart shopping;👕 футболка shirt;👟 кроссовки shoe;👓 очки glasses;' +
    '🎒 рюкзак backpack;☂️ зонт umbrella;🛏️ кровать bed;🛁 ванна bath;' +
    '🧹 метла уборка broom clean;',
}

/** All there are. Taken apart when somebody wants one, not while the page begins. */
export function emojiGroups(): readonly EmojiGroup[] {
  return Object.entries(LISTS).map(([name, list]) => ({ name, items: itemsOf(list) }))
}

function itemsOf(list: string): Emoji[] {
  const lines = list.split(';').filter(Boolean)
  return lines.map((line) => {
    const at = line.indexOf(' ')
    return { emoji: line.slice(0, at), words: line.slice(at + 1) }
  })
}
