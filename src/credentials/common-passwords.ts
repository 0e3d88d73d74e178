/**
 * Words of which common passwords are made, and common passwords of twelve characters or more that are not made of them.
 * Collected for this program from what people are known to choose: English and pinyin words, names, keyboard rows,
 * Chinese phrases. All in lower case.
 */

const words = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/).filter(Boolean));

/** A password of one or two of these words, or of one again and again, with digits and signs is refused: `Password2024!!`. */
export const commonStems = words(`
  password passwd passwort passw pass passphrase passcode pwd secret secrets mypassword mypass thepassword newpassword
  changeme changeit changethis change letmein letme opensesame sesame open login logon signin welcome welcometo hello
  helloworld hi hey world default temp temporary test tester testing tests demo example sample guest user username users
  admin administrator administrators adm root toor super superuser superman supervisor sysadmin system sys master manager
  operator oracle mysql postgres server service database data network internet intranet wifi router cisco huawei xiaomi
  computer laptop desktop windows linux ubuntu android iphone ipad apple google facebook twitter instagram youtube github
  microsoft office excel outlook email mail gmail hotmail yahoo qq qqcom weixin wechat weibo alipay taobao baidu tencent
  qwerty qwertyuiop qwertyui qwer qwert asdf asdfgh asdfghjkl asdfghjk asd zxcv zxcvb zxcvbn zxcvbnm zxc qaz qazwsx qazwsxedc
  wsx edc rfv tgb yhn ujm qwe qweasd qweasdzxc asdzxc qwaszx poiuytrewq lkjhgfdsa mnbvcxz qawsedrf qazxsw azerty dvorak
  abc abcd abcde abcdef abcdefg abcdefgh xyz aaa bbb ccc xxx zzz abcabc aabbcc aaaa bbbb xxxx zzzz
  iloveyou iloveu ilove loveyou lovely lover love loves loveme forever always happy smile sunshine sunny moon star stars
  flower flowers rainbow butterfly angel angels princess prince queen king kings baby babygirl babyboy girl boy girls boys
  honey sweet sweetheart sweetie darling dear dearest beautiful pretty handsome cute family mother father mom mum dad mama
  papa mommy daddy sister brother son daughter friend friends bestfriend wife husband home house
  monkey dragon tiger lion eagle panda bear wolf dog dogs puppy cat cats kitty kitten bunny rabbit horse phoenix snake shark
  football baseball basketball soccer hockey tennis golf boxing swimming running sports player players champion winner game
  games gamer pokemon pikachu minecraft starwars batman spiderman ironman hulk avengers matrix trustno trust trustme trustnoone
  michael michelle jennifer jessica jordan daniel andrew anthony robert thomas william david james john joshua matthew
  charlie george harley hunter ranger buster thunder killer ninja hacker hacked samurai warrior knight soldier wizard magic
  merlin shadow ghost demon devil hell heaven god jesus christ church bible faith hope peace freedom liberty justice victory
  power energy fire water ice snow storm wind rain ocean river mountain forest earth spring summer autumn winter fall
  january february march april may june july august september october november december monday tuesday wednesday thursday
  friday saturday sunday today tomorrow yesterday morning night year month week day
  red blue green yellow black white orange purple silver gold golden diamond crystal pearl ruby jade
  cookie cookies chocolate coffee tea pepper ginger cheese pizza banana cherry lemon peanut chicken
  access account accounts private public security secure safe safety key keys lock unlock enter
  china chinese beijing shanghai guangzhou shenzhen hangzhou zhejiang lishui liandu longquan qingtian yunhe qingyuan jinyun
  suichang songyang jingning nanjing suzhou wuhan chengdu chongqing tianjin xian zhongguo zhonghua
  minzheng minzhengju zhengfu government gov bureau civil affairs admincn plan plans planning guihua jiancha pinggu
  woaini woaiwo woaiwojia woaizhongguo woai aini ainiyou aiwo wobuzhidao wodemima mima mimamima denglu yonghu yonghuming
  guanli guanliyuan xitong xitongguanli xitongguanliyuan ceshi caonima nihao nihaoma nihaoa zaijian xiexie laopo laogong
  baobao baobei baobeier qinaide xingfu kuaile jiankang pingan facai gongxifacai xinnian xinniankuaile shengri
  shengrikuaile zhongguoren tiananmen changcheng huanying huanyingguanglin mingtian jintian women tamen
  wang li zhang liu chen yang huang zhao wu zhou xu sun ma zhu hu guo he lin gao luo zheng liang xie song tang
  wangwei wangfang zhangwei liwei lina zhangmin lijing wangli zhangli xiaoming xiaohong xiaoli daming
  密码 我的密码 口令 登录 管理员 系统管理员 系统 用户 用户名 测试 默认 你好 您好 欢迎 欢迎光临 我爱你 我爱我家 我爱中国 我爱 爱你
  中国 中华 中华人民共和国 人民 北京 上海 浙江 浙江省 丽水 丽水市 民政 民政局 政府 规划 监测 评估 宝贝 老公 老婆 新年快乐
  生日快乐 恭喜发财 平安 健康 幸福 快乐
`);

/** Refused as they are. */
export const commonPasswords = words(`
  1qaz2wsx3edc 1qaz2wsx3edc4rfv 1qaz2wsx1qaz2wsx 1q2w3e4r5t6y 1q2w3e4r5t6y7u8i 1q2w3e4r5t6y7u 1q2w3e4r1q2w3e4r q1w2e3r4t5y6
  q1w2e3r4t5y6u7i8 q1w2e3r4q1w2e3r4 zaq12wsxcde3 zaq1xsw2cde3 zaq1xsw2cde3vfr4 zaq1zaq1zaq1 !qaz2wsx3edc !qaz@wsx#edc
  1qaz@wsx3edc 1qaz@wsx#edc !qaz2wsx#edc4rfv qwer1234asdf qwer1234qwer asdf1234asdf abcd1234abcd abcd1234efgh 1234qwerasdf
  1234qwer1234 123qweasdzxc qwe123asd456 qwe123asd123 qwe123qwe123 asd123asd123 abc123abc123 abc123456789 123456789abc
  a123456789012 a1234567890 a12345678901 aa123456789012 aa1234567890 qq1234567890 zz1234567890 q123456789012 w123456789012
  z123456789012 123456789qwe 123456789asd 1234567890qw 12345qwertasdf 12345qwert67 1q1q1q1q1q1q 1a2b3c4d5e6f 1a2b3c4d5e6f7g
  a1b2c3d4e5f6 a1b2c3d4e5f6g7 a1b2c3d4e5f6g7h8 aabbccddeeff 112233445566 11223344556677 1122334455667788 998877665544
  665544332211 111222333444 111122223333 1111222233334444 123123123123 123321123321 123456123456 123456654321 1234567887654321
  012345678910 012345678912 123456789123 1234567891011 123456789101112 1234567890123 12345678901234 123456789012345
  1234567890123456 123456789987654321 0987654321098 098765432109 147258369147 147258369000 147258369258 159357159357
  159753159753 159753456852 741852963741 741852963000 789456123000 789456123789 963852741963 142536475869 135792468000
  135792468135 246813579246 102030405060 10203040506070 010203040506 101112131415 121212121212 131313131313 123454321123
  314159265358 3141592653589 31415926535897 314159265358979 271828182845 2718281828459 141421356237 161803398874
  520131452013 5201314520131 5201314520 520520520520 1314520131452 131452013145 5201314woaini woaini520131 woaini5201314
  woaini1314520 woaini521521 7758521775852 775852177585 778899778899 168168168168 186186186186 188188188188 518518518518
  518518518168 888888666666 666666888888 888888888888 666666666666 999999999999 000000000000 111111111111 000000111111
  111111000000 123000123000 100200300400 201314520131 199001011990 198001011980 200001012000 201001012010 20082008beijing
  beijing20082008 110120119114 110119120122 12345612345612 12345678123456 1234567812345678 87654321876543 8765432187654321
  correcthorsebatterystaple correct-horse-battery-staple correcthorsebattery tobeornottobe tobeornottobethatisthequestion
  maytheforcebewithyou thequickbrownfox thequickbrownfoxjumps thequickbrownfoxjumpsoverthelazydog loremipsumdolor
  loremipsumdolorsitamet abracadabra12 supercalifragilistic supercalifragilisticexpialidocious onceuponatime livelongandprosper
  carpediem1234 veni.vidi.vici venividivici hakunamatata hakuna-matata rockandroll1 rockandroll12 rocknroll1234 blink182blink
  manchesterunited manchester-united liverpoolfc1 realmadrid123 fcbarcelona123 barcelona1234 chelseafc1234 arsenalfc1234
  juventus1897 cristianoronaldo cristiano777 lionelmessi10 michaeljackson michaeljordan michaeljordan23 harrypotter1
  harrypotter12 harrypotter123 lordoftherings gameofthrones slipknot6666 metallica123 ironmaiden123 linkinpark12 linkinpark123
  ledzeppelin1 guitarhero123 callofduty123 worldofwarcraft counterstrike counter-strike leagueoflegends grandtheftauto
  assassinscreed finalfantasy7 finalfantasy spongebob1234 mickeymouse1 mickeymouse12 mickeymouse123 hellokitty12 hellokitty123
  donaldduck123 bugsbunny1234 tweetybird12 winniethepooh sesamestreet1 teenagemutant iwilltellyou idontknow123 idontknow1234
  ihateyou1234 fuckyou12345 fuckyou123456 fuckoff12345 asshole12345 bullshit1234 whatever1234 nothing12345 something123
  anything1234 everything12 everything123 jesuschrist1 jesuslovesme jesuslovesyou godisgood123 godislove1234 ingodwetrust
  praisethelord hallelujah12 blessed12345 thankyoujesus p@ssw0rd1234 p@ssw0rdp@ssw0rd pa55word1234 pa$$w0rd1234 passw0rdpassw0rd
  adminadmin12 admin@123456 admin@1234567 admin@12345678 admin@123admin root@1234567 root123456789 toor12345678 system@12345
  huawei@12345 huawei@123456 huawei12#$huawei admin@huawei.com admin@huawei cisco12345678 zte@12345678 changeme1234 test@1234567
  test12345678 test123456789 guest1234567 oracle123456 sa1234567890 mysql1234567 postgres1234 redis1234567 tomcat123456
  jenkins12345 docker123456 kubernetes12 kubernetes123 raspberrypi1 raspberry123 raspberrypi ubuntu123456 centos123456
  !@#$%^&*()_+ !@#$%^&*()qw !@#$%^&*1234 1234!@#$%^&* 1234!@#$qwer qwer!@#$1234 qwer!@#$asdf !@#$qwerasdf asdf!@#$1234
  chuangqianmingyueguang yishidishangshuang bairirishanjin huangherulailiu chunmianbujuexiao chuchuwentiniao
  haohaoxuexi haohaoxuexitiantianxiangshang tiantianxiangshang weirenminfuwu shijieheping woxihuanni wohenhaoya
  nishishabi12 wobuaini1234 wobuzhidao12 wobuzhidao123 meiyoumima12 meiyoumima wangjimima wangjimima12 wangjilemima
  zhimakaimen zhimakaimen12 zhimakaimen123 mimashimima mimashishenme mimashi123456 wodemimashi123 gongzuomima12 woshishui1234
  renminwansui zhongguowansui womendeshijie feichangwanmei xiaobaobei123 yilupingan12 yifanfengshun wanshiruyi12 wanshiruyi123
  床前明月光疑是地上霜 好好学习天天向上 为人民服务为人民服务 中华人民共和国万岁 祖国万岁祖国万岁祖国 芝麻开门芝麻开门芝麻 忘记密码忘记密码忘记
`);
