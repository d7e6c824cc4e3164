"""Sentences as people write them, by how fast and how quietly they must be worked."""

DANGER = """
Aus dem Dachfenster kommt Rauch, die Leute rufen
hier brennts im treppenhaus
Es brennt im Keller
Feuer im Grugapark, Bäume brennen
Müllcontainer in Flammen
Riecht nach Gas im Treppenhaus
Gasgeruch auf der Straße
es riecht hier komisch nach gas oder so
Jemand schießt im Park
Mann mit Pistole am Hauptbahnhof
Typ fuchtelt mit nem Messer rum
eine Frau liegt bewusstlos am Bahnsteig
Ein älterer Mann ist gestürzt und blutet stark am Kopf
Person liegt regungslos auf der Parkbank
Da liegt einer und bewegt sich nicht mehr
Obdachloser liegt bei minus 5 Grad, reagiert nicht
Jemand steht auf dem Brückengeländer und will springen
Ich bringe mich um
Ich kann nicht mehr und will sterben
Schlägerei vor dem Kiosk, mehrere Verletzte
Am Limbecker Platz wird gerade jemand zusammengeschlagen
Eine Frau schreit um Hilfe im Park
Stromkabel hängt runter, Funken sprühen
There is a fire in the building
a man is lying on the ground and not moving
someone has a gun
Adam yerde hareketsiz yatıyor
Evde gaz kokusu var
رجل ملقى على الأرض ولا يتحرك
رائحة غاز قوية في الشارع
Чоловік лежить і не рухається
Сильний запах газу
Мужчина лежит без сознания
In der Straße ist eine Explosion gewesen
""".strip().splitlines()

NORMAL = """
Die Feuerwehrzufahrt ist zugeparkt
Feuerlöscher im Parkhaus fehlt
Gaslaterne defekt
Baum hat sich stark geneigt und droht umzustürzen
Wasserschaden, Gully läuft über
Kein Brand, aber ein alter Brandfleck auf der Bank
Die Lampe vor Haus 5 brennt nicht mehr
Laterne brennt auch am Tag
Kinder könnten sich an der Rutsche verletzen
Auf dem Spielplatz liegen Scherben, Kinder barfuß!
Jugendliche werfen Böller
Der Bus fährt mir immer vor der Nase weg
Grillen im Park, Brandgefahr bei der Trockenheit
Die Ampel ist tot
Hundekot auf dem Spielplatz, Kinder treten rein
Messerstraße Ecke Waffenweg Straßenschild fehlt
Kinder spielen auf der Straße, bitte Tempo 30
Meine Tochter ist mit dem Rad gestürzt wegen dem Schlagloch
Unsere Kita braucht einen Zebrastreifen, die Kinder haben Angst
Der Baum vor dem Schlafzimmer meiner Mutter muss geschnitten werden
Mein Vater ist 84 und kommt mit dem Rollator nicht über den Bordstein
Schule: Kinder warten im Dunkeln, Laterne defekt
No fire, only a broken street light
Yangın yok, sadece lamba bozuk
Ohne Feuer und Rauch, nur Müll
Nachbar parkt immer auf dem Gehweg und beleidigt mich
""".strip().splitlines()

CONFIDENTIAL = """
Nachbarskind wird oft geschlagen
Bei uns im Haus wird ein Kind misshandelt
Ich glaube die Kinder nebenan werden vernachlässigt, sind schmutzig und hungrig
kind schreit jede nacht
Kleines Mädchen hat überall blaue Flecken und sagt Papa haut
Die Mutter ist betrunken und die Kleinen sind alleine zu Hause
Baby schreit seit Stunden, keiner kümmert sich
Kinder werden tagelang allein gelassen
Der Stiefvater fasst das Mädchen an
mein vater schlägt mich
Mein Mann hat mich gestern wieder geschlagen
Nachbarin hat ein blaues Auge, ihr Mann ist gewalttätig
Häusliche Gewalt in der Wohnung über mir
Er droht seiner Frau, sie umzubringen
Meine Oma ist dement und läuft nachts weg
Alte Nachbarin seit Tagen nicht gesehen, Briefkasten quillt über
Ich bin mit meinen drei Kindern völlig überfordert und brauche Hilfe
Ein Kind sitzt jeden Tag allein im Auto
The neighbour hits his children
My husband beats me
kids next door are always alone at night
I think the child upstairs is being abused
Komşu çocuklarını dövüyor
Kocam beni dövüyor
Çocuk evde yalnız bırakılıyor
جارنا يضرب أطفاله كل يوم
زوجي يضربني
Сусід б'є своїх дітей
Мій чоловік мене б'є
Муж меня бьёт
Сосед бьёт ребёнка
Kind wird zu Hause eingesperrt
Ich mache mir Sorgen um das Kind meiner Nachbarin, es ist oft hungrig
Nebenan schreit jeden abend ein baby und keiner macht was
Die kleine von gegenüber hat ständig angst vor ihrem vater
""".strip().splitlines()
