"""The commonest words of languages, lower case, to tell a language by."""

from __future__ import annotations

LATIN: dict[str, str] = {
    "en": "the of and to in is that for it with as was on are by this be at from have not but",
    "de": "der die und das in den von zu mit ist des sich auf für nicht dem ein eine auch als",
    "fr": "le la les de des et du en un une est que dans pour pas qui sur au par avec plus ce",
    "es": "el la de que y en los se del las un por con una para su es no lo como más al",
    "it": "il di che e la in un per non è del una sono con si le da della gli dei anche alla",
    "pt": "o a de que e do da em um para com não uma os no se na por mais as dos foi ao",
    "nl": "de het een en van in is dat op te zijn voor met niet die aan er om ook door bij",
    "sv": "och att det som en på är av för med den till inte om ett har de jag sig från var",
    "da": "og det at en af til er som på de med der den for ikke et har ved blev også efter sig",
    "nb": "og det som en av til er på de med for ikke den et har om å ble også etter fra seg",
    "fi": "ja on ei että se oli hän mutta ovat kun myös joka niin kuin sen mukaan tai vain olla",
    "pl": "w i na z się nie do to że jest o jak po od za przez co dla są oraz ale który",
    "cs": "a v se na že je s z do o i to za by jsou ve pro ale jako podle byl které při",
    "sk": "a v sa na že je s z do o aj to za by sú vo pre ale ako podľa bol ktoré pri",
    "hu": "a az és hogy nem is egy ez volt meg de csak van azt mint el már vagy lesz szerint",
    "ro": "și în de la a cu pe că nu este pentru care din mai un o au să fost se sunt prin",
    "hr": "i u je na se da su za od s što koji kako iz ne bi nije će ali kao o po bio",
    "tr": "ve bir bu da de için ile olarak olan daha çok gibi kadar sonra var ne ancak oldu",
    "vi": "và của là có không được trong các cho một người với đã những này từ về khi đến ở",
    "id": "yang dan di dengan untuk dari ini pada tidak itu dalam akan adalah ke oleh juga telah",
    "sq": "të në e dhe i për një me nga që është më se nuk ka u janë si por duke do",
    "et": "ja on ei et see oli kui ta ka oma aga mis või ning mida kes siis seda nii",
    "lv": "un ir ar no uz par ka tas kā arī nav to pēc bet vai bija tika lai kas",
    "lt": "ir yra kad su iš į ne tai kaip bet apie už buvo taip dėl nuo jis kuris po",
    "sl": "in je v na se da so za ne z ki pa tudi bi kot še pri ter iz po ni",
    "az": "və bir bu ki ilə üçün də da olan daha var sonra olaraq çox edib olub kimi",
    "ca": "el la de que i en els les per amb un una no és del al va com més ha dels",
}

CYRILLIC: dict[str, str] = {
    "ru": "и в не на что с по как это он из за для от о к его был все но при также или",
    "uk": "і в не на що з та як це у для від до за про він його але й під також або є",
    "be": "і ў не на што з як гэта у для ад да за пра ён яго але таксама або",
    "bg": "и на да се за от са е в с не че като по до към през което във със той",
    "sr": "и у је на се да су за од са што који како из не би није ће али као о по био",
    "mk": "и на да се за од во со не што како по до дека ќе го ги тоа беше",
    "kk": "және мен бұл бір үшін деп да де бар деген болып осы сол еді керек бойынша",
    "mn": "нь энэ гэж бол болон байна байсан бөгөөд гэсэн юм ба тэр хийх",
}
